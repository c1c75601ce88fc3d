using SmtpModel.Ratios;

// transition: what a step of the order costs. pipelining [MESSAGES] [ROUNDS]: messages a second, with and without.
// ratios.py builds this against two commits and puts the figures side by side.
switch (args)
{
    case ["transition"]:
        Transition.Measure();
        return 0;
#if !BEFORE
    case ["pipelining", .. var counts] when counts.All(count => int.TryParse(count, out _)):
        int[] numbers = [.. counts.Select(int.Parse)];
        await Pipelining.MeasureAsync(
            numbers.ElementAtOrDefault(0) is > 0 and var messages ? messages : 20000,
            numbers.ElementAtOrDefault(1) is > 0 and var rounds ? rounds : 9
        );
        return 0;
#endif
    default:
        Console.Error.WriteLine("usage: transition | pipelining [MESSAGES] [ROUNDS]");
        return 2;
}
