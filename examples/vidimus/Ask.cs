// Compares what a customer typed with the register, through Vidimus' own API. The question is a JSON document on stdin.
// Needs nothing but .NET 10:
//   dotnet run examples/vidimus/Ask.cs < examples/vidimus/customer.json
using System;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Text;
using System.Text.RegularExpressions;
using System.Threading.Tasks;

public static class Ask
{
    static readonly string Url = Setting("VIDIMUS_URL", "http://127.0.0.1:8080");
    static readonly string ApiKey = Setting("VIDIMUS_API_KEY", "vidimus-sandbox-key");
    static readonly HttpClient Http = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };

    public static void Main()
    {
        Verify().GetAwaiter().GetResult();
    }

    static async Task Verify()
    {
        using (var request = new HttpRequestMessage(HttpMethod.Post, Url + "/vidimus/v1/verifications"))
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", ApiKey);
            // With the same key the question may be sent again without counting twice.
            request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString());
            request.Content = new StringContent(Console.In.ReadToEnd(), Encoding.UTF8, "application/json");
            using (var answer = await Http.SendAsync(request))
            {
                var json = await answer.Content.ReadAsStringAsync();
                Console.WriteLine(answer.IsSuccessStatusCode
                    ? Text(json, "outcome") + " " + Text(json, "verdict")
                    : "refused (" + Text(json, "code") + "): " + Text(json, "fix"));
            }
        }
    }

    /// <summary>The first member of this name. In your own code take System.Text.Json.</summary>
    static string Text(string json, string name)
    {
        var match = Regex.Match(json, "\"" + Regex.Escape(name) + "\":\"((?:[^\"\\\\]|\\\\.)*)\"");
        return match.Success ? Regex.Unescape(match.Groups[1].Value) : null;
    }

    static string Setting(string name, string otherwise)
    {
        return Environment.GetEnvironmentVariable(name) ?? otherwise;
    }
}
