using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Plugins.Manifest;

namespace Plugins.AspNetCore.Tests;

/// <summary>What <c>/openapi/v1.json</c> says of endpoints that plugins answer.</summary>
internal sealed class OpenApiTests
{
    private const string Words = "examples/Pdk-Rust/word_count/plugin.wasm";

    private const string Tree = """
        {
          "$schema": "https://json-schema.org/draft/2020-12/schema", "type": "object",
          "properties": { "leaf": { "$ref": "#/$defs/Leaf" }, "inner": { "$ref": "#" } },
          "$defs": { "Leaf": { "type": "integer", "minimum": 1 } }
        }
        """;

    [Test]
    public async Task Document_OfAPlugin_HasItsMediaTypesAndSchemas()
    {
        using var document = await DocumentAsync(function => function with
        {
            Description = "Counts words.",
            InputMediaType = "text/plain",
            OutputMediaType = "application/json",
            InputSchema = """{ "type": "string", "maxLength": 7 }""",
            OutputSchema = """{ "type": "object", "properties": { "words": { "type": "integer" } } }""",
        });
        var operation = OperationOf(document);
        Assert.That(operation.GetProperty("summary").GetString(), Is.EqualTo("Counts words."));
        Assert.That(operation.GetProperty("tags")[0].GetString(), Is.EqualTo("words"));
        var body = operation.GetProperty("requestBody");
        Assert.That(body.GetProperty("required").GetBoolean(), Is.True);
        var input = Resolve(document, body.GetProperty("content").GetProperty("text/plain"));
        Assert.That(input.GetProperty("maxLength").GetInt32(), Is.EqualTo(7));
        var output = operation.GetProperty("responses").GetProperty("200").GetProperty("content");
        Assert.That(output.EnumerateObject().Select(type => type.Name), Is.EqualTo(["application/json"]));
        var words = Resolve(document, output.GetProperty("application/json")).GetProperty("properties");
        Assert.That(words.GetProperty("words").GetProperty("type").GetString(), Is.EqualTo("integer"));
    }

    [Test]
    public async Task Schema_WithReferencesWithinItself_HasThemInTheDocument()
    {
        using var document = await DocumentAsync(function => function with
        {
            OutputMediaType = "application/json", OutputSchema = Tree,
        });
        var content = OperationOf(document).GetProperty("responses").GetProperty("200").GetProperty("content");
        var tree = content.GetProperty("application/json").GetProperty("schema").GetProperty("$ref").GetString();
        var properties = Resolve(document, content.GetProperty("application/json")).GetProperty("properties");
        Assert.That(properties.GetProperty("inner").GetProperty("$ref").GetString(), Is.EqualTo(tree));
        var leaf = properties.GetProperty("leaf").GetProperty("$ref").GetString()!.Split('/')[^1];
        var schemas = document.RootElement.GetProperty("components").GetProperty("schemas");
        Assert.That(schemas.GetProperty(leaf).GetProperty("minimum").GetInt32(), Is.EqualTo(1));
    }

    [TestCase("""{ "$ref": "https://evil.example/schema.json" }""")]
    [TestCase("""{ "$ref": "#/components/schemas/ProblemDetails" }""")]
    [TestCase("""{ "$ref": "#/$defs/Missing" }""")]
    [TestCase("""{ "items": { "$id": "https://evil.example/", "type": "string" } }""")]
    [TestCase("""{ "$dynamicRef": "#node" }""")]
    [TestCase("""{ "$defs": { "a b": { } } }""")]
    [TestCase("""{ "type": 5 }""")]
    [TestCase("""{ "properties": [] }""")]
    [TestCase("true")]
    public async Task Schema_ThatCannotBeShown_IsLeftOut(string schema)
    {
        using var document = await DocumentAsync(function => function with
        {
            OutputMediaType = "application/json", OutputSchema = schema,
        });
        var output = OperationOf(document).GetProperty("responses").GetProperty("200").GetProperty("content");
        Assert.That(output.GetProperty("application/json").TryGetProperty("schema", out _), Is.False);
        Assert.That(document.RootElement.GetRawText(), Does.Not.Contain("evil"));
    }

    [Test]
    public async Task Document_OfAPlugin_ListsItsProblems()
    {
        using var document = await DocumentAsync(function => function);
        var responses = OperationOf(document).GetProperty("responses");
        string[] statuses = ["400", "403", "404", "413", "415", "422", "429", "502", "503", "504"];
        Assert.That(responses.EnumerateObject().Select(one => one.Name), Is.SupersetOf(statuses));
        var failed = responses.GetProperty("502");
        Assert.That(failed.GetProperty("description").GetString(), Does.StartWith("urn:plugins:error: trap, "));
        var problem = failed.GetProperty("content").GetProperty("application/problem+json");
        Assert.That(Resolve(document, problem).GetProperty("properties").TryGetProperty("type", out _), Is.True);
    }

    [Test]
    public async Task Document_WhileNoVersionServes_IsWrittenWithoutSchemas()
    {
        await using var application = await StartAsync(function => function with { InputMediaType = "text/plain" });
        application.Catalog.Get("words").Disable();
        using var document = await FetchAsync(application);
        Assert.That(OperationOf(document).TryGetProperty("requestBody", out _), Is.False);
    }

    private static Task<Application> StartAsync(Func<ExportedFunction, ExportedFunction> change) =>
        Application.StartAsync(
            plugins => plugins.AddPlugin("words", Application.Module("words", Words, change)),
            app =>
            {
                app.MapPlugin("/words", "words", "word_count");
                app.MapOpenApi();
            },
            addServices: services => services.AddOpenApi());

    private static async Task<JsonDocument> DocumentAsync(Func<ExportedFunction, ExportedFunction> change)
    {
        await using var application = await StartAsync(change);
        return await FetchAsync(application);
    }

    private static async Task<JsonDocument> FetchAsync(Application application)
    {
        using var response = await application.Client.GetAsync("/openapi/v1.json");
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        return JsonDocument.Parse(await response.Content.ReadAsStringAsync());
    }

    private static JsonElement OperationOf(JsonDocument document) =>
        document.RootElement.GetProperty("paths").GetProperty("/words").GetProperty("post");

    private static JsonElement Resolve(JsonDocument document, JsonElement content)
    {
        var name = content.GetProperty("schema").GetProperty("$ref").GetString()!.Split('/')[^1];
        return document.RootElement.GetProperty("components").GetProperty("schemas").GetProperty(name);
    }
}
