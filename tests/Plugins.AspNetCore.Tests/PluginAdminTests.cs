using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Plugins.Host.Catalog;

namespace Plugins.AspNetCore.Tests;

internal sealed class PluginAdminTests
{
    private const string Words = "examples/Pdk-Rust/word_count/plugin.wasm";

    private bool _fails;

    [Test]
    public async Task Request_OfAnybody_IsRefused()
    {
        await using var application = await StartAsync();
        foreach (var path in new[] { "", "/words" })
        {
            using var listed = await application.Client.GetAsync("/admin" + path);
            Assert.That(listed.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
        }

        foreach (var action in new[] { "reload", "rollback", "promote", "canary", "pin", "unpin", "disable", "enable" })
        {
            using var changed = await application.Client.PostAsync($"/admin/words/{action}", null);
            Assert.That(changed.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized), action);
        }

        Assert.That(application.Catalog.Get("words").Status.State, Is.EqualTo(PluginState.Active));
    }

    [Test]
    public async Task List_OfThePlugins_HasTheirVersionsAndLimits()
    {
        await using var application = await StartAsync();
        Authenticate(application);
        using var list = JsonDocument.Parse(await application.Client.GetStringAsync("/admin"));
        var plugin = list.RootElement[0];
        Assert.That(plugin.GetProperty("name").GetString(), Is.EqualTo("words"));
        Assert.That(plugin.GetProperty("state").GetString(), Is.EqualTo("Active"));
        Assert.That(plugin.GetProperty("version").GetProperty("signed").GetBoolean(), Is.False);
        Assert.That(plugin.GetProperty("limits").GetProperty("memoryPages").GetInt32(), Is.Positive);
    }

    [Test]
    public async Task Reload_ThatIsRefused_SaysWhyAndKeepsTheVersion()
    {
        await using var application = await StartAsync();
        Authenticate(application);
        _fails = true;
        using var refused = await application.Client.PostAsync("/admin/words/reload", null);
        Assert.That(refused.StatusCode, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        var problem = await refused.Content.ReadAsStringAsync();
        Assert.That(problem, Does.Contain("urn:plugins:error:refused").And.Contain("bad"));
        using var shown = JsonDocument.Parse(await application.Client.GetStringAsync("/admin/words"));
        Assert.That(shown.RootElement.GetProperty("lastFailure").GetString(), Does.Contain("bad"));
        Assert.That(shown.RootElement.GetProperty("state").GetString(), Is.EqualTo("Active"));
        Assert.That(await application.Client.GetStringAsync("/health"), Is.EqualTo("Degraded"));
        _fails = false;
        using var reloaded = await application.Client.PostAsync("/admin/words/reload", null);
        Assert.That(reloaded.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(await application.Client.GetStringAsync("/health"), Is.EqualTo("Healthy"));
    }

    [Test]
    public async Task Plugin_ThatIsDisabled_IsUnhealthyUntilEnabled()
    {
        await using var application = await StartAsync();
        Authenticate(application);
        using var disabled = await application.Client.PostAsync("/admin/words/disable", null);
        Assert.That(await disabled.Content.ReadAsStringAsync(), Does.Contain("\"state\":\"Disabled\""));
        using var unhealthy = await application.Client.GetAsync("/health");
        Assert.That(unhealthy.StatusCode, Is.EqualTo(HttpStatusCode.ServiceUnavailable));
        using var enabled = await application.Client.PostAsync("/admin/words/enable", null);
        Assert.That(await application.Client.GetStringAsync("/health"), Is.EqualTo("Healthy"));
    }

    [Test]
    public async Task Canary_WithAShare_IsStartedAndPromoted()
    {
        await using var application = await StartAsync();
        Authenticate(application);
        using var bad = await application.Client.PostAsync("/admin/words/canary?share=2", null);
        Assert.That(bad.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        using var early = await application.Client.PostAsync("/admin/words/promote", null);
        Assert.That(early.StatusCode, Is.EqualTo(HttpStatusCode.Conflict));
        using var started = await application.Client.PostAsync("/admin/words/canary?share=0.5", null);
        Assert.That(await started.Content.ReadAsStringAsync(), Does.Contain("\"canaryShare\":0.5"));
        using var promoted = await application.Client.PostAsync("/admin/words/promote", null);
        Assert.That(await promoted.Content.ReadAsStringAsync(), Does.Contain("\"canaryShare\":0,"));
        using var back = await application.Client.PostAsync("/admin/words/rollback", null);
        Assert.That(back.StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task Plugin_Pinned_SaysSo()
    {
        await using var application = await StartAsync();
        Authenticate(application);
        using var pinned = await application.Client.PostAsync("/admin/words/pin", null);
        Assert.That(await pinned.Content.ReadAsStringAsync(), Does.Contain("\"pinned\":true"));
        using var unpinned = await application.Client.PostAsync("/admin/words/unpin", null);
        Assert.That(await unpinned.Content.ReadAsStringAsync(), Does.Contain("\"pinned\":false"));
    }

    [TestCase("cross-site", HttpStatusCode.Forbidden)]
    [TestCase("same-site", HttpStatusCode.Forbidden)]
    [TestCase("same-origin", HttpStatusCode.OK)]
    [TestCase("none", HttpStatusCode.OK)]
    public async Task Change_OfAnotherSitesPage_IsRefused(string site, HttpStatusCode status)
    {
        await using var application = await StartAsync();
        Authenticate(application);
        application.Client.DefaultRequestHeaders.Add("Sec-Fetch-Site", site);
        using var response = await application.Client.PostAsync("/admin/words/pin", null);
        Assert.That(response.StatusCode, Is.EqualTo(status));
    }

    [Test]
    public async Task Plugin_ThatIsUnknown_IsNotFound()
    {
        await using var application = await StartAsync();
        Authenticate(application);
        using var shown = await application.Client.GetAsync("/admin/other");
        Assert.That(shown.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        using var changed = await application.Client.PostAsync("/admin/other/reload", null);
        Assert.That(changed.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [Test]
    public void MapPluginAdmin_WithoutThePolicy_IsMisuse() => Assert.That(
        () => Application.StartAsync(_ => { }, app => app.MapPluginAdmin("/admin", "nobody")),
        Throws.InvalidOperationException.With.Message.Contains("'nobody'"));

    [Test]
    public void MapPluginAdmin_WithoutAuthorization_IsMisuse()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Services.AddPlugins(options => options.AllowUnsigned = true);
        var application = builder.Build();
        Assert.That(
            () => application.MapPluginAdmin("/admin", "operators"),
            Throws.InvalidOperationException.With.Message.Contains("AddAuthorization"));
    }

    private static void Authenticate(Application application) =>
        application.Client.DefaultRequestHeaders.Add("X-User", "ada");

    private Task<Application> StartAsync() => Application.StartAsync(
        plugins => plugins.AddPlugin("words", Application.Module("words", Words, loading: () =>
        {
            if (_fails)
            {
                throw new InvalidDataException("bad");
            }
        })),
        app => app.MapPluginAdmin("/admin", "operators"));
}
