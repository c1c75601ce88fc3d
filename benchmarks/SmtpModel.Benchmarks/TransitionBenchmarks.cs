using BenchmarkDotNet.Attributes;
using SmtpModel.Machines;
using SmtpModel.Server;
using SmtpModel.Spec;

namespace SmtpModel.Benchmarks;

/// <summary>One transition, four ways: Stateless itself, the flattened table, the generated order, a hand-written switch.</summary>
[MemoryDiagnoser]
[ShortRunJob]
public class TransitionBenchmarks
{
    private const int Cycle = 8;
    private readonly ProtocolMachine _stateless = Profiles.Rfc5321.BuildMachine();
    private readonly TransitionTable _table = Profiles.Rfc5321.Table;
    private readonly Exchange[] _exchanges =
    [
        Rfc821.HELO / 250,
        Rfc821.MAIL / 250,
        Rfc821.RCPT / 250,
        Rfc821.RCPT / 251,
        Rfc821.DATA / 354,
        Rfc821.EndOfData / 250,
        Rfc821.RSET / 250,
        Rfc821.NOOP / 250,
    ];

    private (Verb Verb, int Code)[] _verbs = [];

    [GlobalSetup]
    public void Setup()
    {
        _verbs = [.. _exchanges.Select(exchange => (OrderNames.Of(exchange.Command), exchange.Code))];
        if (Stateless().Name != Table().Name || Generated().ToString() != Table().Name || HandWritten().ToString() != Table().Name)
        {
            throw new InvalidOperationException("the four do not end in the same state, so they cannot be compared");
        }
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = Cycle)]
    public State Stateless()
    {
        _stateless.PlaceAt(Rfc821.Ready);
        foreach (var exchange in _exchanges)
        {
            _stateless.Fire(exchange);
        }

        return _stateless.State;
    }

    [Benchmark(OperationsPerInvoke = Cycle)]
    public State Table()
    {
        var state = Rfc821.Ready;
        foreach (var exchange in _exchanges)
        {
            state = _table.Find(state, exchange)!.To;
        }

        return state;
    }

    [Benchmark(OperationsPerInvoke = Cycle)]
    public SessionState Generated()
    {
        var order = Rfc5321Order.Table;
        var state = SessionState.Ready;
        foreach (var (verb, code) in _verbs)
        {
            state = order.Next(state, verb, code).State;
        }

        return state;
    }

    [Benchmark(OperationsPerInvoke = Cycle)]
    public SessionState HandWritten()
    {
        var state = SessionState.Ready;
        foreach (var (verb, code) in _verbs)
        {
            state = HandWrittenOrder.Next(state, verb, code).State;
        }

        return state;
    }
}
