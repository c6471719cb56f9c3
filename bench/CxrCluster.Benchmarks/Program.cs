using CxrCluster.Benchmarks.Similarity;

// cxr-bench [NAME]: runs the benchmarks whose name contains NAME, or all; JSON Lines on stdout, what is going on on stderr.
(string Name, Func<CancellationToken, Task> Run)[] benches =
[
    ("similarity-search", SearchBench.RunAsync),
    ("similarity-exactness", ExactnessBench.RunAsync),
    ("similarity-append", AppendBench.RunAsync),
];
string wanted = args.FirstOrDefault() ?? "";
var chosen = benches.Where(bench => bench.Name.Contains(wanted, StringComparison.Ordinal)).ToList();
if (chosen.Count == 0)
{
    await Console.Error.WriteLineAsync(
        $"No benchmark is called '{wanted}': give one of {string.Join(", ", benches.Select(bench => bench.Name))}, or nothing for all."
    );
    return 1;
}
using var interrupt = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    interrupt.Cancel();
};
foreach ((string name, Func<CancellationToken, Task> run) in chosen)
{
    await Console.Error.WriteLineAsync($"bench: {name}");
    await run(interrupt.Token);
}
return 0;
