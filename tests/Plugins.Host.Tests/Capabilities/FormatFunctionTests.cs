using System.Buffers;
using Microsoft.Extensions.DependencyInjection;
using Plugins.Host.Catalog;
using Plugins.Host.MessagePack;
using Plugins.Host.Payloads;
using Plugins.Host.Payloads.Json;
using Plugins.Host.Tests.Support;

namespace Plugins.Host.Tests.Capabilities;

/// <summary>Functions of the application over values, in formats of its choice.</summary>
[CancelAfter(600_000)]
internal sealed class FormatFunctionTests
{
    private static readonly Purchase Sample = new("Ada", "EUR", [new PurchaseLine("a-1", 2, 1_250)], TaxRate: null);

    [Test]
    public void Function_OverMessagePack_AnswersTheGuest([Values] bool isAsync, [Values(1, 500)] int lines)
    {
        var format = new MessagePackPayloadFormat();
        var purchase = Sample with { Lines = [.. Enumerable.Repeat(Sample.Lines[0], lines)] };
        var (status, result) = Ask(format, isAsync, Write(format, purchase));
        Assert.That(status, Is.Zero);
        Assert.That(format.Read<Invoice>(new PayloadDocument(result)).Net, Is.EqualTo(lines * 2_500));
    }

    [Test]
    public void Request_OfAnotherForm_IsRefusedWithAMessage([Values] bool isAsync)
    {
        var (status, result) = Ask(new MessagePackPayloadFormat(), isAsync, [0xC1]);
        Assert.That(status, Is.EqualTo(-2));
        Assert.That(
            System.Text.Encoding.UTF8.GetString(result),
            Is.EqualTo("The request is not the MessagePack that this function takes."));
    }

    [Test]
    public void Type_ThatTheFormatDoesNotKnow_IsFoundWhenTheFunctionIsAdded([Values] bool isAsync) => Assert.That(
        () => Add(new PluginHostOptions(), new JsonPayloadFormat(OrderJson.Default), isAsync),
        Throws.TypeOf<UnknownPayloadTypeException>());

    [Test]
    public async Task Function_WithAService_GetsThatOfTheCall()
    {
        using var rig = new Rig().Uses("stock.count").Uses("stock.bill").Guest("run", guest =>
        {
            guest.Output(guest.Ask("stock.count", "tea"u8).Result);
            var bill = guest.Ask("stock.bill", Write(new MessagePackPayloadFormat(), Sample));
            guest.Output(bill.Result);
            return bill.Status;
        });
        var services = new ServiceCollection();
        services.AddScoped<Stock>();
        services.AddPlugins(options =>
            {
                options.AllowUnsigned = true;
                options.Engine = rig.Engine;
                options.Permissions = rig.Options.Permissions;
            })
            .AddFunction<Stock>("stock.count", (stock, _, article, _) => stock.CountAsync(article))
            .AddFunction<Stock, Purchase, Invoice>(
                "stock.bill",
                (stock, _, purchase, _) => new(stock.Bill(purchase)),
                new MessagePackPayloadFormat())
            .AddPlugin("test", host => host.LoadUnsigned([1, 2, 3], rig.Manifest()));
        await using var provider = services.BuildServiceProvider();
        var plugin = provider.GetRequiredKeyedService<CatalogPlugin>("test");
        for (var call = 0; call < 2; call++)
        {
            // The first use of the call's own stock, and the second: no other call has used it.
            var output = (await plugin.CallAsync("run", default)).Output;
            Assert.That(System.Text.Encoding.UTF8.GetString(output.Span[..5]), Is.EqualTo("tea:1"));
            var invoice = new MessagePackPayloadFormat().Read<Invoice>(new PayloadDocument(output[5..]));
            Assert.That(invoice.Total, Is.EqualTo(2));
        }
    }

    private static (int Status, byte[] Result) Ask(IPayloadFormat format, bool isAsync, byte[] request)
    {
        using var rig = new Rig().Uses("own");
        Add(rig.Options, format, isAsync);
        (int, byte[]) answer = default;
        rig.Guest("run", guest =>
        {
            answer = guest.Ask("own", request);
            return 0;
        });
        rig.Load().Call("run", []);
        return answer;
    }

    private static void Add(PluginHostOptions options, IPayloadFormat format, bool isAsync)
    {
        if (isAsync)
        {
            options.AddFunction<Purchase, Invoice>("own", async (_, purchase, _) =>
            {
                await Task.Yield();
                return InvoiceOf(purchase);
            }, format);
        }
        else
        {
            options.AddFunction<Purchase, Invoice>("own", (_, purchase) => InvoiceOf(purchase), format);
        }
    }

    private static Invoice InvoiceOf(Purchase purchase)
    {
        var net = purchase.Lines.Sum(line => line.Quantity * (long)line.UnitPrice);
        return new Invoice(purchase.Customer, purchase.Currency, purchase.Lines.Count, net, 0, net);
    }

    private static byte[] Write<T>(MessagePackPayloadFormat format, T value)
    {
        var bytes = new ArrayBufferWriter<byte>();
        format.Write(bytes, value);
        return bytes.WrittenSpan.ToArray();
    }

    private sealed class Stock
    {
        private int _uses;

        internal async ValueTask<string?> CountAsync(string article)
        {
            await Task.Yield();
            return $"{article}:{++_uses}";
        }

        internal Invoice Bill(Purchase purchase) => InvoiceOf(purchase) with { Total = ++_uses };
    }
}
