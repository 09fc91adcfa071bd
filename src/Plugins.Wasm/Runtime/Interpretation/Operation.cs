namespace Plugins.Wasm.Runtime.Interpretation;

/// <summary>The instructions of the interpreter.</summary>
/// <remarks>
/// Those that are one of WebAssembly's have its number, saturating conversions following on the last one. A, B and C
/// are the fields of their <see cref="Cell"/>, and stand for slots of the frame. Loads add C to the address in B;
/// stores store A.
/// </remarks>
internal enum Operation : ushort
{
    I32Load = 0x28,
    I64Load = 0x29,
    I32Load8S = 0x2C,
    I32Load8U = 0x2D,
    I32Load16S = 0x2E,
    I32Load16U = 0x2F,
    I64Load8S = 0x30,
    I64Load16S = 0x32,
    I64Load32S = 0x34,
    I32Store = 0x36,
    I64Store = 0x37,
    I32Store8 = 0x3A,
    I32Store16 = 0x3B,
    I32Eqz = 0x45,
    I32Eq = 0x46,
    I32Ne = 0x47,
    I32LtS = 0x48,
    I32LtU = 0x49,
    I32GtS = 0x4A,
    I32GtU = 0x4B,
    I32LeS = 0x4C,
    I32LeU = 0x4D,
    I32GeS = 0x4E,
    I32GeU = 0x4F,
    I64Eqz = 0x50,
    I64Eq = 0x51,
    I64Ne = 0x52,
    I64LtS = 0x53,
    I64LtU = 0x54,
    I64GtS = 0x55,
    I64GtU = 0x56,
    I64LeS = 0x57,
    I64LeU = 0x58,
    I64GeS = 0x59,
    I64GeU = 0x5A,
    F32Eq = 0x5B,
    F32Ne = 0x5C,
    F32Lt = 0x5D,
    F32Gt = 0x5E,
    F32Le = 0x5F,
    F32Ge = 0x60,
    F64Eq = 0x61,
    F64Ne = 0x62,
    F64Lt = 0x63,
    F64Gt = 0x64,
    F64Le = 0x65,
    F64Ge = 0x66,
    I32Clz = 0x67,
    I32Ctz = 0x68,
    I32Popcnt = 0x69,
    I32Add = 0x6A,
    I32Sub = 0x6B,
    I32Mul = 0x6C,
    I32DivS = 0x6D,
    I32DivU = 0x6E,
    I32RemS = 0x6F,
    I32RemU = 0x70,
    I32And = 0x71,
    I32Or = 0x72,
    I32Xor = 0x73,
    I32Shl = 0x74,
    I32ShrS = 0x75,
    I32ShrU = 0x76,
    I32Rotl = 0x77,
    I32Rotr = 0x78,
    I64Clz = 0x79,
    I64Ctz = 0x7A,
    I64Popcnt = 0x7B,
    I64Add = 0x7C,
    I64Sub = 0x7D,
    I64Mul = 0x7E,
    I64DivS = 0x7F,
    I64DivU = 0x80,
    I64RemS = 0x81,
    I64RemU = 0x82,
    I64And = 0x83,
    I64Or = 0x84,
    I64Xor = 0x85,
    I64Shl = 0x86,
    I64ShrS = 0x87,
    I64ShrU = 0x88,
    I64Rotl = 0x89,
    I64Rotr = 0x8A,
    F32Abs = 0x8B,
    F32Neg = 0x8C,
    F32Ceil = 0x8D,
    F32Floor = 0x8E,
    F32Trunc = 0x8F,
    F32Nearest = 0x90,
    F32Sqrt = 0x91,
    F32Add = 0x92,
    F32Sub = 0x93,
    F32Mul = 0x94,
    F32Div = 0x95,
    F32Min = 0x96,
    F32Max = 0x97,
    F32Copysign = 0x98,
    F64Abs = 0x99,
    F64Neg = 0x9A,
    F64Ceil = 0x9B,
    F64Floor = 0x9C,
    F64Trunc = 0x9D,
    F64Nearest = 0x9E,
    F64Sqrt = 0x9F,
    F64Add = 0xA0,
    F64Sub = 0xA1,
    F64Mul = 0xA2,
    F64Div = 0xA3,
    F64Min = 0xA4,
    F64Max = 0xA5,
    F64Copysign = 0xA6,
    I32TruncF32S = 0xA8,
    I32TruncF32U = 0xA9,
    I32TruncF64S = 0xAA,
    I32TruncF64U = 0xAB,
    I64ExtendI32S = 0xAC,
    I64TruncF32S = 0xAE,
    I64TruncF32U = 0xAF,
    I64TruncF64S = 0xB0,
    I64TruncF64U = 0xB1,
    F32ConvertI32S = 0xB2,
    F32ConvertI32U = 0xB3,
    F32ConvertI64S = 0xB4,
    F32ConvertI64U = 0xB5,
    F32DemoteF64 = 0xB6,
    F64ConvertI32S = 0xB7,
    F64ConvertI32U = 0xB8,
    F64ConvertI64S = 0xB9,
    F64ConvertI64U = 0xBA,
    F64PromoteF32 = 0xBB,
    I32Extend8S = 0xC0,
    I32Extend16S = 0xC1,
    I64Extend8S = 0xC2,
    I64Extend16S = 0xC3,
    I64Extend32S = 0xC4,
    I32TruncSatF32S = 0xC5,
    I32TruncSatF32U = 0xC6,
    I32TruncSatF64S = 0xC7,
    I32TruncSatF64U = 0xC8,
    I64TruncSatF32S = 0xC9,
    I64TruncSatF32U = 0xCA,
    I64TruncSatF64S = 0xCB,
    I64TruncSatF64U = 0xCC,

    /// <summary>A is B, or the canonical NaN where B is any.</summary>
    F32Canonical = 0xCE,

    F64Canonical = 0xCF,

    /// <summary>A is B, of 32 bits.</summary>
    Copy32 = 0xD0,

    /// <summary>A is B, of 64 bits.</summary>
    Copy64 = 0xD1,

    /// <summary>A is the number, its upper half zero.</summary>
    Constant32 = 0xD2,

    /// <summary>A is the next cell.</summary>
    Constant64 = 0xD3,

    /// <summary>A is the address B plus the offset in the next cell: 33 bits.</summary>
    AddOffset = 0xD4,

    I32AddImmediate = 0xD5,
    I32MulImmediate = 0xD6,
    I32AndImmediate = 0xD7,
    I32OrImmediate = 0xD8,
    I32XorImmediate = 0xD9,
    I32RotlImmediate = 0xDA,
    I32ShlImmediate = 0xDB,
    I32ShrSImmediate = 0xDC,
    I32ShrUImmediate = 0xDD,
    I32EqImmediate = 0xDE,
    I32NeImmediate = 0xDF,
    I32LtSImmediate = 0xE0,
    I32LtUImmediate = 0xE1,
    I32GtSImmediate = 0xE2,
    I32GtUImmediate = 0xE3,
    I32LeSImmediate = 0xE4,
    I32LeUImmediate = 0xE5,
    I32GeSImmediate = 0xE6,
    I32GeUImmediate = 0xE7,
    I64AddImmediate = 0xE8,
    I64MulImmediate = 0xE9,
    I64AndImmediate = 0xEA,
    I64OrImmediate = 0xEB,
    I64XorImmediate = 0xEC,
    I64RotlImmediate = 0xED,
    I64ShlImmediate = 0xEE,
    I64ShrSImmediate = 0xEF,
    I64ShrUImmediate = 0xF0,
    I64EqImmediate = 0xF1,
    I64NeImmediate = 0xF2,
    I64LtSImmediate = 0xF3,
    I64LtUImmediate = 0xF4,
    I64GtSImmediate = 0xF5,
    I64GtUImmediate = 0xF6,
    I64LeSImmediate = 0xF7,
    I64LeUImmediate = 0xF8,
    I64GeSImmediate = 0xF9,
    I64GeUImmediate = 0xFA,

    /// <summary>A is what stands at the address that is the number.</summary>
    I32LoadAt = 0xFB,

    I64LoadAt = 0xFC,
    I32StoreAt = 0xFD,
    I64StoreAt = 0xFE,

    /// <summary>Goes on that many cells after the next.</summary>
    Branch = 0xFF,

    BranchIf = 0x100,
    BranchUnless = 0x101,
    BranchIfI32Eq = 0x102,
    BranchIfI32Ne = 0x103,
    BranchIfI32LtS = 0x104,
    BranchIfI32LtU = 0x105,
    BranchIfI32GtS = 0x106,
    BranchIfI32GtU = 0x107,
    BranchIfI32LeS = 0x108,
    BranchIfI32LeU = 0x109,
    BranchIfI32GeS = 0x10A,
    BranchIfI32GeU = 0x10B,
    BranchIfI32EqImmediate = 0x10C,
    BranchIfI32NeImmediate = 0x10D,
    BranchIfI32LtSImmediate = 0x10E,
    BranchIfI32LtUImmediate = 0x10F,
    BranchIfI32GtSImmediate = 0x110,
    BranchIfI32GtUImmediate = 0x111,
    BranchIfI32LeSImmediate = 0x112,
    BranchIfI32LeUImmediate = 0x113,
    BranchIfI32GeSImmediate = 0x114,
    BranchIfI32GeUImmediate = 0x115,
    BranchIfI64Eq = 0x116,
    BranchIfI64Ne = 0x117,
    BranchIfI64LtS = 0x118,
    BranchIfI64LtU = 0x119,
    BranchIfI64GtS = 0x11A,
    BranchIfI64GtU = 0x11B,
    BranchIfI64LeS = 0x11C,
    BranchIfI64LeU = 0x11D,
    BranchIfI64GeS = 0x11E,
    BranchIfI64GeU = 0x11F,
    BranchIfI64EqImmediate = 0x120,
    BranchIfI64NeImmediate = 0x121,
    BranchIfI64LtSImmediate = 0x122,
    BranchIfI64LtUImmediate = 0x123,
    BranchIfI64GtSImmediate = 0x124,
    BranchIfI64GtUImmediate = 0x125,
    BranchIfI64LeSImmediate = 0x126,
    BranchIfI64LeUImmediate = 0x127,
    BranchIfI64GeSImmediate = 0x128,
    BranchIfI64GeUImmediate = 0x129,

    /// <summary>Goes where the cell A of those that follow says, or the last one; the number is its index.</summary>
    BranchTable = 0x12A,

    /// <summary>A is B unless the slot A of the next cell is zero, and C else.</summary>
    Select32 = 0x12B,

    Select64 = 0x12C,

    /// <summary>A is the word of the instance's global slots.</summary>
    SlotGet32 = 0x12D,

    SlotGet64 = 0x12E,
    SlotSet32 = 0x12F,
    SlotSet64 = 0x130,

    /// <summary>A is the global that has a cell of its own.</summary>
    CellGet32 = 0x131,

    CellGet64 = 0x132,
    CellSet32 = 0x133,
    CellSet64 = 0x134,

    /// <summary>Charges a region.</summary>
    Charge = 0x135,

    /// <summary>Traps if there is no fuel, or an interrupt is requested.</summary>
    CheckFuel = 0x136,

    CheckInterrupt = 0x137,

    /// <summary>
    /// Begins a round of a loop: A is its first region, the number counts down, the next cell has its offset.
    /// </summary>
    LoopHead = 0x138,

    /// <summary>
    /// Enters a function that calls none: B slots from A on become zero, C is how many it has in all.
    /// </summary>
    EnterLeaf = 0x139,

    Enter = 0x13A,
    EnterMetered = 0x13B,

    /// <summary>Calls one of the module's own functions with the arguments from A on.</summary>
    Call = 0x13C,

    CallImport = 0x13D,

    /// <summary>
    /// Calls the element B of table C with the arguments from A on, if it has the type in the next cell.
    /// </summary>
    CallIndirect = 0x13E,

    /// <summary>Calls the function that the reference B is, with the arguments from A on.</summary>
    CallReference = 0x13F,

    ReturnValue32 = 0x140,
    ReturnValue64 = 0x141,
    Return = 0x142,

    /// <summary>Stands in place of every function that was compiled.</summary>
    CallCompiled = 0x143,

    /// <summary>Stands in place of every function that was not translated yet.</summary>
    Translate = 0x144,

    /// <summary>Throws an exception of the tag that its number is, with the values from A on.</summary>
    Throw = 0x145,

    /// <summary>Throws the exception that the reference A is.</summary>
    ThrowReference = 0x146,

    Unreachable = 0x147,

    /// <summary>A is the size of memory C in pages.</summary>
    MemorySize = 0x148,

    /// <summary>A is what growing memory C by B pages gives.</summary>
    MemoryGrow = 0x149,

    /// <summary>The next cell has the memory.</summary>
    MemoryFill = 0x14A,

    /// <summary>The next cell has the memories, the source first.</summary>
    MemoryCopy = 0x14B,

    /// <summary>The next cell has the memory and the segment.</summary>
    MemoryInit = 0x14C,

    DataDrop = 0x14D,

    /// <summary>C slots from A on become those from B on, in ascending order.</summary>
    CopyMany = 0x14E,

    CopyReference = 0x14F,
    CopyManyReferences = 0x150,
    NullReference = 0x151,

    /// <summary>B references from A on become null.</summary>
    NullReferences = 0x152,

    SelectReference = 0x153,
    ReferenceIsNull = 0x154,
    ReferenceToFunction = 0x155,
    CellGetReference = 0x156,
    CellSetReference = 0x157,

    /// <summary>Traps where the reference A is null.</summary>
    ReferenceAsNonNull = 0x158,

    BranchOnNull = 0x159,
    BranchOnNonNull = 0x15A,

    /// <summary>The next cell has the table, as in all that follow.</summary>
    TableGet = 0x15B,

    TableSet = 0x15C,
    TableSize = 0x15D,
    TableGrow = 0x15E,
    TableFill = 0x15F,
    TableCopy = 0x160,
    TableInit = 0x161,
    ElementDrop = 0x162,

    /// <summary>Notes in its number that it was run.</summary>
    Note = 0x163,

    /// <summary>
    /// A vector instruction on A, B and C, in WebAssembly's order from the result on. The next cell has its opcode, and
    /// its lane or the slot of its third operand, with an access its lane and its memory times 256; one more has the
    /// offset of an access, two the lanes of a shuffle.
    /// </summary>
    Vector = 0x164,

    CopyVector = 0x165,
    CopyManyVectors = 0x166,

    /// <summary>A becomes a vector of zeros.</summary>
    ZeroVector = 0x167,

    /// <summary>The next two cells have the vector.</summary>
    ConstantVector = 0x168,

    /// <summary>The next cell has the condition.</summary>
    SelectVector = 0x169,

    SlotGetVector = 0x16A,
    SlotSetVector = 0x16B,
    CellGetVector = 0x16C,
    CellSetVector = 0x16D,

    /// <summary>A is B, with the canonical NaN in each lane of 32 bits that is any.</summary>
    CanonicalSingles = 0x16E,

    /// <summary>A is B, with the canonical NaN in each lane of 64 bits that is any.</summary>
    CanonicalDoubles = 0x16F,

    /// <summary>Goes on with one of the module's own functions, whose arguments are this one's first slots.</summary>
    ReturnCall = 0x170,

    ReturnCallImport = 0x171,

    /// <summary>The same with the element B of table C, if it has the type in the next cell.</summary>
    ReturnCallIndirect = 0x172,

    /// <summary>The same with the function that the reference B is.</summary>
    ReturnCallReference = 0x173,

    /// <summary>
    /// A is what is at address B of a memory other than 0, or of one with 64-bit addresses. The next cell has the load
    /// that it is and the memory, the one after that the offset.
    /// </summary>
    FarLoad = 0x174,

    /// <summary>Stores A in the same way.</summary>
    FarStore = 0x175,

    /// <summary>A and the next slot become the sum of two numbers in the slots from A on, low halves first.</summary>
    I64Add128 = 0x176,

    I64Sub128 = 0x177,

    /// <summary>A and the next slot become the product of what they hold, its low half first.</summary>
    I64MulWideS = 0x178,

    I64MulWideU = 0x179,

    /// <summary>
    /// An instruction on garbage-collected values, with slots in A, B and C. The next cell has its opcode, and its type
    /// or what it casts to; one more a segment, a number of elements or the depth of what it casts to.
    /// </summary>
    Object = 0x17A,
}
