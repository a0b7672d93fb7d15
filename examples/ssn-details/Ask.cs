// Asks SSN Details about a CPR number, which is read from stdin. Needs nothing but .NET 10:
//   echo 1307610015 | dotnet run examples/ssn-details/Ask.cs
using System;
using System.Collections.Generic;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Text;
using System.Text.RegularExpressions;
using System.Threading.Tasks;

public static class Ask
{
    static readonly string Url = Setting("VIDIMUS_URL", "http://127.0.0.1:8080");
    static readonly string ClientId = Setting("VIDIMUS_CLIENT_ID", "5a4db0c5-0000-4000-8000-000000000001");
    static readonly string ClientSecret = Setting("VIDIMUS_CLIENT_SECRET", "vidimus-sandbox-secret");
    static readonly HttpClient Http = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };

    public static void Main()
    {
        AskRegister().GetAwaiter().GetResult();
    }

    static async Task AskRegister()
    {
        var cpr = (Console.ReadLine() ?? "").Trim();
        using (var request = new HttpRequestMessage(HttpMethod.Post, Url + "/op/api/v1/ssn-details"))
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await ServiceToken());
            request.Content = new StringContent("{\"Cpr\":\"" + cpr + "\"}", Encoding.UTF8, "application/json");
            using (var answer = await Http.SendAsync(request))
            {
                var body = await answer.Content.ReadAsStringAsync();
                // 400: the number is unknown, which counts, or no number. 429: the account is blocked, or too fast.
                // Neither is better for being asked again at once.
                if (!answer.IsSuccessStatusCode)
                    Console.WriteLine("refused with " + (int)answer.StatusCode + ": " + Member(body, "errorMessage"));
                else if (Member(body, "ssn.details.status") != "success")
                    Console.WriteLine("the register cannot be asked now; try again later");
                else if (Member(body, "ssn.details.name_address_protected") == "true")
                    Console.WriteLine("known; name and address are protected");
                else
                    Console.WriteLine(Member(body, "ssn.details.person_status") + ": " + Name(body));
            }
        }
    }

    /// <summary>Good for an hour: keep it, and get the next one a minute before it ends.</summary>
    static async Task<string> ServiceToken()
    {
        var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "client_credentials",
            ["client_id"] = ClientId,
            ["client_secret"] = ClientSecret,
            ["scope"] = "neb_api",
        });
        using (var answer = await Http.PostAsync(Url + "/op/connect/token", form))
            return Member(await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync(), "access_token");
    }

    static string Name(string body)
    {
        var parts = new List<string>();
        foreach (var part in new[] { "given_name", "middle_name", "surname" })
            if (Member(body, "ssn.details." + part) is string value) parts.Add(value);
        return string.Join(" ", parts);
    }

    /// <summary>A member of a flat JSON object. In your own code take System.Text.Json.</summary>
    static string Member(string json, string name)
    {
        var match = Regex.Match(json, "\"" + Regex.Escape(name) + "\":\"((?:[^\"\\\\]|\\\\.)*)\"");
        return match.Success ? Regex.Unescape(match.Groups[1].Value) : null;
    }

    static string Setting(string name, string otherwise)
    {
        return Environment.GetEnvironmentVariable(name) ?? otherwise;
    }
}
