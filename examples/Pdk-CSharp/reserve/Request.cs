using MessagePack;
using Plugins.Pdk;

namespace Reserve;

/// <summary>What is asked of the plugin.</summary>
internal sealed record Request(string Name, byte Seats)
{
    /// <summary>Reads a map of MessagePack, whatever its order, without reflection.</summary>
    public static Request Read(byte[] input)
    {
        var reader = new MessagePackReader(input);
        string? name = null;
        byte seats = 0;
        try
        {
            for (int pairs = reader.ReadMapHeader(); pairs > 0; pairs--)
            {
                switch (reader.ReadString())
                {
                    case "name":
                        name = reader.ReadString();
                        break;
                    case "seats":
                        seats = reader.ReadByte();
                        break;
                    default:
                        reader.Skip();
                        break;
                }
            }
        }
        catch (Exception exception)
        {
            throw new PluginException($"the request cannot be read at byte {reader.Consumed}: {exception.Message}");
        }

        return new Request(name ?? "", seats);
    }
}
