using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.InteropServices;

namespace Plugins.Wasm.IL;

/// <summary>Takes intermediate language that is only to be counted.</summary>
internal sealed class ILCounter : ILGenerator
{
    private const int TokenBytes = sizeof(int);

    private int _bytes;
    private int _locals;

    public override int ILOffset => _bytes;

    public override LocalBuilder DeclareLocal(Type localType, bool pinned) => new Local(localType, _locals++);

    public override Label DefineLabel() => default;

    public override void MarkLabel(Label loc)
    {
    }

    public override void Emit(OpCode opcode) => _bytes += opcode.Size;

    public override void Emit(OpCode opcode, byte arg) => Add(opcode, sizeof(byte));

    public override void Emit(OpCode opcode, double arg) => Add(opcode, sizeof(double));

    public override void Emit(OpCode opcode, short arg) => Add(opcode, sizeof(short));

    public override void Emit(OpCode opcode, int arg) => Add(opcode, sizeof(int));

    public override void Emit(OpCode opcode, long arg) => Add(opcode, sizeof(long));

    public override void Emit(OpCode opcode, float arg) => Add(opcode, sizeof(float));

    public override void Emit(OpCode opcode, ConstructorInfo con) => Add(opcode, TokenBytes);

    public override void Emit(OpCode opcode, Label label) => Add(opcode, sizeof(int));

    public override void Emit(OpCode opcode, Label[] labels) => Add(opcode, sizeof(int) * (labels.Length + 1));

    // Its short forms have a byte for the number, and for the first four locals none.
    public override void Emit(OpCode opcode, LocalBuilder local) => _bytes += local.LocalIndex switch
    {
        < 4 when opcode.Value != OpCodes.Ldloca.Value => 1,
        <= byte.MaxValue => 2,
        _ => opcode.Size + sizeof(short),
    };

    public override void Emit(OpCode opcode, SignatureHelper signature) => Add(opcode, TokenBytes);

    public override void Emit(OpCode opcode, FieldInfo field) => Add(opcode, TokenBytes);

    public override void Emit(OpCode opcode, MethodInfo meth) => Add(opcode, TokenBytes);

    public override void Emit(OpCode opcode, string str) => Add(opcode, TokenBytes);

    public override void Emit(OpCode opcode, Type cls) => Add(opcode, TokenBytes);

    public override void EmitCall(OpCode opcode, MethodInfo methodInfo, Type[]? optionalParameterTypes) =>
        Add(opcode, TokenBytes);

    public override void EmitCalli(
        OpCode opcode,
        CallingConventions callingConvention,
        Type? returnType,
        Type[]? parameterTypes,
        Type[]? optionalParameterTypes) => Add(opcode, TokenBytes);

    public override void EmitCalli(
        OpCode opcode, CallingConvention unmanagedCallConv, Type? returnType, Type[]? parameterTypes) =>
        Add(opcode, TokenBytes);

    // Functions of guests have neither exception blocks nor scopes.
    public override void BeginCatchBlock(Type? exceptionType) => throw new NotSupportedException();

    public override void BeginExceptFilterBlock() => throw new NotSupportedException();

    public override Label BeginExceptionBlock() => throw new NotSupportedException();

    public override void BeginFaultBlock() => throw new NotSupportedException();

    public override void BeginFinallyBlock() => throw new NotSupportedException();

    public override void BeginScope() => throw new NotSupportedException();

    public override void EndExceptionBlock() => throw new NotSupportedException();

    public override void EndScope() => throw new NotSupportedException();

    public override void UsingNamespace(string usingNamespace) => throw new NotSupportedException();

    private void Add(OpCode opcode, int operandBytes) => _bytes += opcode.Size + operandBytes;

    private sealed class Local(Type type, int index) : LocalBuilder
    {
        public override Type LocalType { get; } = type;

        public override int LocalIndex { get; } = index;

        public override bool IsPinned => false;
    }
}
