namespace Plugins.Benchmarks.Samples;

/// <summary>A value and both ways to write and to read it.</summary>
internal abstract class PayloadCase
{
    public abstract int JsonBytes { get; }

    public abstract int MessagePackBytes { get; }

    public static PayloadCase Create(PayloadContent content) => content switch
    {
        PayloadContent.SmallOrder => new PayloadCase<SampleOrder>(SampleOrder.Create(1)),
        PayloadContent.ThousandOrders =>
            new PayloadCase<List<SampleOrder>>([.. Enumerable.Range(0, 1_000).Select(SampleOrder.Create)]),
        PayloadContent.Doubles =>
            new PayloadCase<double[]>([.. Enumerable.Range(0, 1_000).Select(number => number / 7.0)]),
        PayloadContent.Integers =>
            new PayloadCase<int[]>([.. Enumerable.Range(0, 1_000).Select(number => number * 37)]),
        _ => new PayloadCase<string[]>([.. Enumerable.Range(0, 1_000).Select(number => $"text number {number}")]),
    };

    public abstract void WriteJson();

    public abstract void WriteMessagePack();

    public abstract void ReadJson();

    public abstract void ReadMessagePack();
}
