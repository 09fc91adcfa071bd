using Plugins.Wasm.Runtime.Interpretation;

namespace Plugins.Wasm.Runtime.Calls;

/// <summary>The calls from the host into a guest that delegates make; each is closed over its function.</summary>
internal static unsafe class GuestCalls
{
    internal static TResult Call<TResult>(this Function function)
    {
        using var entrance = new Entrance(function.Store);
        TResult result;
        nint code = function.Code;
        if (code != 0)
        {
            result = ((delegate*<object, int, TResult>)code)(function.Context, entrance.Depth);
        }
        else
        {
            ulong* slots = function.Reserve(out InterpreterStack stack);
            function.Call(stack, slots, entrance.Depth);
            result = Slot.Read<TResult>(stack, slots);
        }

        function.Store.ThrowIfOutOfFuel();
        return result;
    }

    internal static TResult Call<T1, TResult>(this Function function, T1 first)
    {
        using var entrance = new Entrance(function.Store);
        Slot.Admit(first, function.Store);
        TResult result;
        nint code = function.Code;
        if (code != 0)
        {
            result = ((delegate*<object, T1, int, TResult>)code)(function.Context, first, entrance.Depth);
        }
        else
        {
            ulong* slots = function.Reserve(out InterpreterStack stack);
            Slot.Write(stack, slots, first);
            function.Call(stack, slots, entrance.Depth);
            result = Slot.Read<TResult>(stack, slots);
        }

        function.Store.ThrowIfOutOfFuel();
        return result;
    }

    internal static TResult Call<T1, T2, TResult>(this Function function, T1 first, T2 second)
    {
        using var entrance = new Entrance(function.Store);
        Slot.Admit(first, function.Store);
        Slot.Admit(second, function.Store);
        TResult result;
        nint code = function.Code;
        if (code != 0)
        {
            result = ((delegate*<object, T1, T2, int, TResult>)code)(function.Context, first, second, entrance.Depth);
        }
        else
        {
            ulong* slots = function.Reserve(out InterpreterStack stack);
            Slot.Write(stack, slots, first);
            Slot.Write(stack, slots + 1, second);
            function.Call(stack, slots, entrance.Depth);
            result = Slot.Read<TResult>(stack, slots);
        }

        function.Store.ThrowIfOutOfFuel();
        return result;
    }

    internal static TResult Call<T1, T2, T3, TResult>(this Function function, T1 first, T2 second, T3 third)
    {
        using var entrance = new Entrance(function.Store);
        Slot.Admit(first, function.Store);
        Slot.Admit(second, function.Store);
        Slot.Admit(third, function.Store);
        TResult result;
        nint code = function.Code;
        if (code != 0)
        {
            result = ((delegate*<object, T1, T2, T3, int, TResult>)code)(
                function.Context, first, second, third, entrance.Depth);
        }
        else
        {
            ulong* slots = function.Reserve(out InterpreterStack stack);
            Slot.Write(stack, slots, first);
            Slot.Write(stack, slots + 1, second);
            Slot.Write(stack, slots + 2, third);
            function.Call(stack, slots, entrance.Depth);
            result = Slot.Read<TResult>(stack, slots);
        }

        function.Store.ThrowIfOutOfFuel();
        return result;
    }

    internal static TResult Call<T1, T2, T3, T4, TResult>(
        this Function function, T1 first, T2 second, T3 third, T4 fourth)
    {
        using var entrance = new Entrance(function.Store);
        Slot.Admit(first, function.Store);
        Slot.Admit(second, function.Store);
        Slot.Admit(third, function.Store);
        Slot.Admit(fourth, function.Store);
        TResult result;
        nint code = function.Code;
        if (code != 0)
        {
            result = ((delegate*<object, T1, T2, T3, T4, int, TResult>)code)(
                function.Context, first, second, third, fourth, entrance.Depth);
        }
        else
        {
            ulong* slots = function.Reserve(out InterpreterStack stack);
            Slot.Write(stack, slots, first);
            Slot.Write(stack, slots + 1, second);
            Slot.Write(stack, slots + 2, third);
            Slot.Write(stack, slots + 3, fourth);
            function.Call(stack, slots, entrance.Depth);
            result = Slot.Read<TResult>(stack, slots);
        }

        function.Store.ThrowIfOutOfFuel();
        return result;
    }

    internal static void Run(this Function function)
    {
        using var entrance = new Entrance(function.Store);
        nint code = function.Code;
        if (code != 0)
        {
            ((delegate*<object, int, void>)code)(function.Context, entrance.Depth);
        }
        else
        {
            ulong* slots = function.Reserve(out InterpreterStack stack);
            function.Call(stack, slots, entrance.Depth);
        }

        function.Store.ThrowIfOutOfFuel();
    }

    internal static void Run<T1>(this Function function, T1 first)
    {
        using var entrance = new Entrance(function.Store);
        Slot.Admit(first, function.Store);
        nint code = function.Code;
        if (code != 0)
        {
            ((delegate*<object, T1, int, void>)code)(function.Context, first, entrance.Depth);
        }
        else
        {
            ulong* slots = function.Reserve(out InterpreterStack stack);
            Slot.Write(stack, slots, first);
            function.Call(stack, slots, entrance.Depth);
        }

        function.Store.ThrowIfOutOfFuel();
    }

    internal static void Run<T1, T2>(this Function function, T1 first, T2 second)
    {
        using var entrance = new Entrance(function.Store);
        Slot.Admit(first, function.Store);
        Slot.Admit(second, function.Store);
        nint code = function.Code;
        if (code != 0)
        {
            ((delegate*<object, T1, T2, int, void>)code)(function.Context, first, second, entrance.Depth);
        }
        else
        {
            ulong* slots = function.Reserve(out InterpreterStack stack);
            Slot.Write(stack, slots, first);
            Slot.Write(stack, slots + 1, second);
            function.Call(stack, slots, entrance.Depth);
        }

        function.Store.ThrowIfOutOfFuel();
    }

    internal static void Run<T1, T2, T3>(this Function function, T1 first, T2 second, T3 third)
    {
        using var entrance = new Entrance(function.Store);
        Slot.Admit(first, function.Store);
        Slot.Admit(second, function.Store);
        Slot.Admit(third, function.Store);
        nint code = function.Code;
        if (code != 0)
        {
            ((delegate*<object, T1, T2, T3, int, void>)code)(function.Context, first, second, third, entrance.Depth);
        }
        else
        {
            ulong* slots = function.Reserve(out InterpreterStack stack);
            Slot.Write(stack, slots, first);
            Slot.Write(stack, slots + 1, second);
            Slot.Write(stack, slots + 2, third);
            function.Call(stack, slots, entrance.Depth);
        }

        function.Store.ThrowIfOutOfFuel();
    }

    internal static void Run<T1, T2, T3, T4>(this Function function, T1 first, T2 second, T3 third, T4 fourth)
    {
        using var entrance = new Entrance(function.Store);
        Slot.Admit(first, function.Store);
        Slot.Admit(second, function.Store);
        Slot.Admit(third, function.Store);
        Slot.Admit(fourth, function.Store);
        nint code = function.Code;
        if (code != 0)
        {
            ((delegate*<object, T1, T2, T3, T4, int, void>)code)(
                function.Context, first, second, third, fourth, entrance.Depth);
        }
        else
        {
            ulong* slots = function.Reserve(out InterpreterStack stack);
            Slot.Write(stack, slots, first);
            Slot.Write(stack, slots + 1, second);
            Slot.Write(stack, slots + 2, third);
            Slot.Write(stack, slots + 3, fourth);
            function.Call(stack, slots, entrance.Depth);
        }

        function.Store.ThrowIfOutOfFuel();
    }
}
