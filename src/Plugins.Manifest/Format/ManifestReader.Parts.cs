using Plugins.Manifest.Json;
using Plugins.Manifest.Text;

namespace Plugins.Manifest.Format;

internal static partial class ManifestReader
{
    private const int MaxAssets = 256;
    private const int MaxImports = 1024;
    private const int MaxConfig = 256;
    private const int MaxNameLength = 255;
    private const int MaxDescriptionLength = 2048;
    private const int MaxMediaTypeLength = 255;
    private const int MaxSchemaLength = 64 * 1024;
    private const int MaxDefaultLength = 4096;

    private static ManifestModule ReadModule(JsonValue value) => new()
    {
        Name = value.Required("name").AsText(MaxNameLength, AssetPath.IsFileName, AssetPath.FileNameForm),
        Sha256 = value.Required("sha256").AsDigest(),
        Size = value.Required("size").AsInteger(0),
    };

    private static ManifestAsset ReadAsset(JsonValue value) => new()
    {
        Path = value.Required("path").AsText(MaxNameLength, AssetPath.IsValid, AssetPath.Form),
        Sha256 = value.Required("sha256").AsDigest(),
        Size = value.Required("size").AsInteger(0),
    };

    private static ExportedFunction ReadFunction(JsonValue value) => new()
    {
        Name = value.Required("name").AsText(PlainName.MaxLength, PlainName.IsValid, PlainName.Form),
        Description = value.Optional("description")?.AsText(MaxDescriptionLength),
        InputMediaType = ReadMediaType(value.Optional("inputMediaType")),
        OutputMediaType = ReadMediaType(value.Optional("outputMediaType")),
        InputSchema = ReadSchema(value.Optional("inputSchema")),
        OutputSchema = ReadSchema(value.Optional("outputSchema")),
    };

    private static string? ReadMediaType(JsonValue? value) =>
        value?.AsText(MaxMediaTypeLength, MediaType.IsValid, MediaType.Form);

    // JSON Schema 2020-12, 4.3: a schema is an object or a boolean.
    private static string? ReadSchema(JsonValue? value)
    {
        if (value is null)
        {
            return null;
        }

        if (value.Kind is not (JsonKind.Object or JsonKind.Boolean))
        {
            throw value.Fail(ManifestFormatProblem.WrongType, "an object or a boolean");
        }

        return value.End - value.Start <= MaxSchemaLength
            ? value.Raw
            : throw value.Fail(ManifestFormatProblem.TooLong, $"at most {MaxSchemaLength} bytes");
    }

    private static ExpectedImport ReadImport(JsonValue value) => new(
        value.Required("module").AsText(PlainName.MaxLength, PlainName.IsValid, PlainName.Form),
        value.Required("name").AsText(PlainName.MaxLength, PlainName.IsValid, PlainName.Form));

    private static RequestedLimits ReadLimits(JsonValue value)
    {
        long? Read(string name) => value.Optional(name)?.AsInteger(1);
        return new RequestedLimits
        {
            Fuel = Read("fuel"),
            WallTimeMilliseconds = Read("wallTimeMs"),
            MemoryPages = Read("memoryPages"),
            TableElements = Read("tableElements"),
            StackBytes = Read("stackBytes"),
            CallDepth = Read("callDepth"),
            InputBytes = Read("inputBytes"),
            OutputBytes = Read("outputBytes"),
            StreamedInputBytes = Read("streamedInputBytes"),
            StreamedOutputBytes = Read("streamedOutputBytes"),
            ErrorBytes = Read("errorBytes"),
            LogBytes = Read("logBytes"),
            CapabilityBytes = Read("capabilityBytes"),
            HostCalls = Read("hostCalls"),
        };
    }

    private static ConfigKey ReadConfig(JsonValue value)
    {
        var secret = value.Optional("secret")?.AsBoolean() ?? false;
        var initial = value.Optional("default");
        if (secret && initial is not null)
        {
            throw initial.Fail(ManifestFormatProblem.UnexpectedField, "no default for a secret");
        }

        return new ConfigKey
        {
            Key = value.Required("key").AsText(MaxNameLength),
            Description = value.Optional("description")?.AsText(MaxDescriptionLength),
            Required = value.Optional("required")?.AsBoolean() ?? false,
            Secret = secret,
            Default = initial?.AsText(MaxDefaultLength, allowEmpty: true),
        };
    }
}
