// Verifies a name for a Social Security number, which is read from stdin. Needs nothing but .NET 10:
//   echo 123-45-6789 | dotnet run examples/ssn-verification/Ask.cs -- John Doe
using System;
using System.Collections.Generic;
using System.Net.Http;
using System.Text.RegularExpressions;
using System.Threading.Tasks;

public static class Ask
{
    static readonly string Url = Setting("VIDIMUS_URL", "http://127.0.0.1:8080");
    static readonly HttpClient Http = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };

    public static void Main(string[] args)
    {
        Verify(args).GetAwaiter().GetResult();
    }

    static async Task Verify(string[] args)
    {
        // The vendor's documents speak of forms; forms and JSON both work.
        var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["firstName"] = args.Length > 0 ? args[0] : "John",
            ["lastName"] = args.Length > 1 ? args[1] : "Doe",
            ["ssn"] = (Console.ReadLine() ?? "").Trim(),
        });
        using (var request = new HttpRequestMessage(HttpMethod.Post, Url + "/v1/ssnVerification") { Content = form })
        {
            request.Headers.Add("appId", Setting("VIDIMUS_APP_ID", "sandbox"));
            request.Headers.Add("appKey", Setting("VIDIMUS_APP_KEY", "vidimus-sandbox-app-key"));
            using (var answer = await Http.SendAsync(request))
            {
                var json = await answer.Content.ReadAsStringAsync();
                Console.WriteLine(answer.IsSuccessStatusCode
                    ? Member(json, "ssnMatch")
                    : "refused with " + (int)answer.StatusCode + ": " + (Member(json, "error") ?? Member(json, "message")));
            }
        }
    }

    /// <summary>The first member of this name. In your own code take System.Text.Json.</summary>
    static string Member(string json, string name)
    {
        var match = Regex.Match(json, "\"" + name + "\":\"([^\"]*)\"");
        return match.Success ? match.Groups[1].Value : null;
    }

    static string Setting(string name, string otherwise)
    {
        return Environment.GetEnvironmentVariable(name) ?? otherwise;
    }
}
