namespace Plugins.Wasm.Runtime.Paging;

/// <summary>Pages in a row that have contents, in the layout of Linux's struct page_region.</summary>
/// <param name="Start">Address of the first byte.</param>
/// <param name="End">Address behind the last byte.</param>
/// <param name="Elsewhere">Not 0 where the system has moved the contents out of memory.</param>
internal readonly record struct PageRun(ulong Start, ulong End, ulong Elsewhere);
