using System.Runtime.CompilerServices;

namespace Plugins.Wasm.Runtime.Interpretation;

/// <summary>Instructions that take so long, or come so seldom, that a call for each is no loss.</summary>
/// <remarks>WebAssembly 2.0, sections 4.4.2, 4.4.6 and 4.4.7.</remarks>
internal static unsafe class RareOperations
{
    /// <summary>Carries one out.</summary>
    /// <returns>The instruction's last cell.</returns>
    /// <exception cref="TrapException">It trapped.</exception>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static Cell* Run(Instance instance, InterpreterStack stack, Cell* ip, ulong* fp)
    {
        if (ip->Operation == Operation.Object)
        {
            return ObjectOperations.Run(instance, stack, ip, fp);
        }

        if (ip->Operation >= Operation.I64Add128)
        {
            return WideNumbers.Run(ip, fp);
        }

        if (ip->Operation >= Operation.FarLoad)
        {
            return FarMemory.Access(instance, ip, fp);
        }

        if (ip->Operation >= Operation.Vector)
        {
            return VectorOperations.Run(instance, stack, ip, fp);
        }

        if (ip->Operation >= Operation.TableGet)
        {
            return RunOnTable(instance, stack, ip, fp);
        }

        return ip->Operation >= Operation.CopyMany
            ? RunOnReferences(instance, stack, ip, fp)
            : RunOnMemory(instance, ip, fp);
    }

    private static Cell* RunOnMemory(Instance instance, Cell* ip, ulong* fp)
    {
        switch (ip->Operation)
        {
            case Operation.MemorySize:
                fp[ip->A] = Sized(BulkMemory.Size(instance, ip->C), instance.Memories[ip->C].Has64Bits);
                return ip;
            case Operation.MemoryGrow:
                fp[ip->A] = Sized(
                    BulkMemory.Grow(instance, ip->C, fp[ip->B]), instance.Memories[ip->C].Has64Bits);
                return ip;
            case Operation.MemoryFill:
                BulkMemory.Fill(instance, ip[1].Number, fp[ip->A], (int)fp[ip->B], fp[ip->C]);
                return ip + 1;
            case Operation.MemoryCopy:
                BulkMemory.Copy(
                    instance, ip[1].Number, ip[1].Left, fp[ip->A], fp[ip->B], fp[ip->C]);
                return ip + 1;
            case Operation.MemoryInit:
                BulkMemory.Initialize(
                    instance, ip[1].Left, ip[1].Number, fp[ip->A], fp[ip->B], fp[ip->C]);
                return ip + 1;
            case Operation.DataDrop:
                BulkMemory.Drop(instance, ip->Number);
                return ip;
            default:
                throw new InvalidOperationException($"No such instruction: {ip->Operation}.");
        }
    }

    private static Cell* RunOnReferences(Instance instance, InterpreterStack stack, Cell* ip, ulong* fp)
    {
        ref object? a = ref stack.ReferenceAt(fp + ip->A);
        switch (ip->Operation)
        {
            case Operation.CopyMany:
                new ReadOnlySpan<ulong>(fp + ip->B, ip->C).CopyTo(new Span<ulong>(fp + ip->A, ip->C));
                break;
            case Operation.CopyReference:
                a = stack.ReferenceAt(fp + ip->B);
                break;
            case Operation.CopyManyReferences:
                stack.ReferencesAt(fp + ip->B, ip->C).CopyTo(stack.ReferencesAt(fp + ip->A, ip->C));
                break;
            case Operation.NullReference:
                a = null;
                break;
            case Operation.NullReferences:
                stack.ReferencesAt(fp + ip->A, ip->B).Clear();
                break;
            case Operation.SelectReference:
                a = stack.ReferenceAt(fp + ((uint)fp[ip[1].A] != 0 ? ip->B : ip->C));
                return ip + 1;
            case Operation.ReferenceIsNull:
                fp[ip->A] = stack.ReferenceAt(fp + ip->B) is null ? 1UL : 0;
                break;
            case Operation.ReferenceToFunction:
                a = instance.FunctionAt(ip->Number);
                break;
            case Operation.ReferenceAsNonNull when a is null:
                throw Traps.Create(TrapKind.NullReference);
            case Operation.BranchOnNull when a is null:
            case Operation.BranchOnNonNull when a is not null:
                return ip + ip->Number;
            case Operation.CellGetReference:
                a = instance.Cells[ip->Number].Reference;
                break;
            case Operation.CellSetReference:
                instance.Cells[ip->Number].Reference = a;
                break;
        }

        return ip;
    }

    private static Cell* RunOnTable(Instance instance, InterpreterStack stack, Cell* ip, ulong* fp)
    {
        int table = ip[1].Number;
        int other = ip[1].Left;
        ulong a = fp[ip->A];
        ulong b = fp[ip->B];
        ulong c = fp[ip->C];
        switch (ip->Operation)
        {
            case Operation.TableGet:
                stack.ReferenceAt(fp + ip->A) = BulkTable.Get(instance, table, b);
                break;
            case Operation.TableSet:
                BulkTable.Set(instance, table, a, stack.ReferenceAt(fp + ip->B));
                break;
            case Operation.TableSize:
                fp[ip->A] = Sized(BulkTable.Size(instance, table), instance.Tables[table].Has64Bits);
                break;
            case Operation.TableGrow:
                fp[ip->A] = Sized(
                    BulkTable.Grow(instance, table, stack.ReferenceAt(fp + ip->B), c),
                    instance.Tables[table].Has64Bits);
                break;
            case Operation.TableFill:
                BulkTable.Fill(instance, table, a, stack.ReferenceAt(fp + ip->B), c);
                break;
            case Operation.TableCopy:
                BulkTable.Copy(instance, table, other, a, b, c);
                break;
            case Operation.TableInit:
                BulkTable.Initialize(instance, table, other, a, b, c);
                break;
            case Operation.ElementDrop:
                BulkTable.Drop(instance, table);
                break;
        }

        return ip + 1;
    }

    // A 32-bit value has zeros in its upper half.
    private static ulong Sized(long size, bool has64Bits) => has64Bits ? (ulong)size : (uint)size;
}
