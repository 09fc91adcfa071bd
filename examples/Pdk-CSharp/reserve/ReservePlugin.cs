using Plugins.Pdk;

namespace Reserve;

/// <summary>
/// Reserves seats: <c>{"name": "Ada", "seats": 2}</c> becomes "2 seats in the Globe for Ada, 98 are left".
/// </summary>
/// <remarks>
/// The house is called as the setting <c>house</c> says; its variable <c>taken</c> counts the seats. The code of a
/// failure is 2 when fewer are left, else 1.
/// </remarks>
public static class ReservePlugin
{
    private const int Seats = 100;

    /// <summary>The one function.</summary>
    [PluginFunction("reserve")]
    public static string Reserve(byte[] input)
    {
        Request request = Request.Read(input);
        if (request.Name.Length == 0 || request.Seats == 0)
        {
            throw new PluginException("a name and a number of seats are needed");
        }

        string house = Config.ReadText("house") ?? "the house";
        int left = Take(request.Seats);
        Log.Information("seats are reserved");
        return $"{request.Seats} seats in {house} for {request.Name}, {left} are left";
    }

    /// <summary>Takes seats; how many are left.</summary>
    /// <remarks>Another call may take some at the same time: then it tries again.</remarks>
    private static int Take(byte seats)
    {
        while (true)
        {
            byte[]? before = Variables.Read("taken");
            byte taken = before is [byte count] ? count : (byte)0;
            int left = Seats - taken;
            if (seats > left)
            {
                throw new PluginException(2, $"only {left} seats are left");
            }

            if (Variables.CompareExchange("taken", before, [(byte)(taken + seats)], out _))
            {
                return left - seats;
            }
        }
    }
}
