using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace AspNetPricing;

/// <summary>Who has the key of the setting <c>OperatorKey</c> is an operator; without that setting nobody is.</summary>
internal sealed class OperatorAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory logger,
    UrlEncoder encoder,
    IConfiguration configuration)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    internal new const string Scheme = "Bearer";
    internal const string Role = "operator";

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        string? given = Request.Headers.Authorization;
        if (given is null || configuration["OperatorKey"] is not { Length: > 0 } key)
        {
            return Task.FromResult(AuthenticateResult.NoResult());
        }

        // The time of this comparison tells nothing of the key.
        if (!CryptographicOperations.FixedTimeEquals(Hash(given), Hash($"{Scheme} {key}")))
        {
            return Task.FromResult(AuthenticateResult.Fail("This is not the operators' key."));
        }

        var identity = new ClaimsIdentity([new Claim(ClaimTypes.Role, Role)], Scheme);
        return Task.FromResult(AuthenticateResult.Success(new(new ClaimsPrincipal(identity), Scheme)));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Headers.WWWAuthenticate = Scheme;
        return base.HandleChallengeAsync(properties);
    }

    private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
