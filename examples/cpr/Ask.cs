// Compares what a customer typed with the register. The customer is a JSON document on stdin. Needs nothing but .NET 10:
//   dotnet run examples/cpr/Ask.cs -- case-812 < examples/cpr/customer.json
using System;
using System.Net.Http;
using System.Text;
using System.Text.RegularExpressions;
using System.Threading.Tasks;

public static class Ask
{
    static readonly string Url = Setting("VIDIMUS_URL", "http://127.0.0.1:8080");
    static readonly string ApiKey = Setting("VIDIMUS_API_KEY", "vidimus-sandbox-key");
    static readonly HttpClient Http = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };

    public static void Main(string[] args)
    {
        Validate(args).GetAwaiter().GetResult();
    }

    static async Task Validate(string[] args)
    {
        var customer = Console.In.ReadToEnd().Trim();
        var reference = args.Length > 0 ? args[0] : "case-812";
        var body = "{\"audit\":{\"externalReference\":\"" + reference + "\"}," + customer.Substring(1);
        using (var request = new HttpRequestMessage(HttpMethod.Post, Url + "/api/cpr/cpr/validate"))
        {
            request.Headers.Add("X-Api-Key", ApiKey);
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
            using (var answer = await Http.SendAsync(request))
            {
                var json = await answer.Content.ReadAsStringAsync();
                Console.WriteLine(answer.IsSuccessStatusCode
                    ? Text(json, "verdict") + ", risk " + Text(json, "level")
                    : "refused with " + (int)answer.StatusCode + ": " + Text(json, "detail"));
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
