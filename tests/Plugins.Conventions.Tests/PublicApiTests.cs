using Plugins.Conventions.Tests.Assemblies;
using Plugins.Conventions.Tests.Sources;

namespace Plugins.Conventions.Tests;

public sealed class PublicApiTests
{
    /// <remarks>
    /// With PLUGINS_UPDATE_API=1 it writes the listing instead; the change is then reviewed as a change of the API.
    /// </remarks>
    [TestCaseSource(typeof(ProductAssembly), nameof(ProductAssembly.All))]
    public void Listing_Committed_IsTheApi(ProductAssembly assembly)
    {
        string path = Repository.FullPath($"src/{assembly.Name}/PublicAPI.txt");
        string listing = PublicApiListing.Write(assembly);
        if (Environment.GetEnvironmentVariable("PLUGINS_UPDATE_API") is "1")
        {
            File.WriteAllText(path, listing);
        }

        Assert.That(File.Exists(path) ? File.ReadAllText(path) : "", Is.EqualTo(listing));
    }

    [Test]
    public void Listing_OfASample_SaysWhatUsersSee()
    {
        ProductAssembly sample = ProductAssembly.FromSource("""
            public sealed record Point(int X, string? Name = null) { internal int Hidden; }
            public enum Side : byte { Left = 1 }
            public interface IShape : IDisposable { int Area { get; } }
            public static class Shapes
            {
                public static ref readonly T Last<T>(this T[] all) where T : struct => ref all[^1];
            }

            public sealed class Box;
            internal sealed class Unseen { public int Value; }
            """.Replace("IDisposable", "System.IDisposable", StringComparison.Ordinal));

        Assert.That(PublicApiListing.Write(sample), Is.EqualTo("""
            namespace Sample
            public sealed class Box
                public Box()

            public interface IShape : IDisposable
                int Area { get; }

            public sealed record Point
                public Point(int X, string? Name = null)
                public int X { get; init; }
                public string? Name { get; init; }

            public static class Shapes
                public static ref readonly T Last<T>(this T[] all) where T : struct

            public enum Side
                Left = 1


            """));
    }
}
