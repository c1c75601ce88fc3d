using System.Text;
using BenchmarkDotNet.Attributes;
using SmtpModel.Server;

namespace SmtpModel.Benchmarks;

/// <summary>A whole session in memory, octets in and octets out: time and allocation of one command.</summary>
[MemoryDiagnoser]
[ShortRunJob]
public class SessionBenchmarks
{
    private const int Commands = 10;
    private static readonly byte[][] Dialogue =
    [
        .. new[]
        {
            "EHLO client.example.test\r\n",
            "NOOP\r\n",
            "MAIL FROM:<sender@example.test>\r\n",
            "RCPT TO:<one@example.test>\r\n",
            "RCPT TO:<two@example.test>\r\n",
            "DATA\r\n",
            "Subject: test\r\n\r\ntext\r\n.\r\n",
            "VRFY one\r\n",
            "RCPT TO:<out@of.order>\r\n",
            "RSET\r\n",
        }.Select(Encoding.Latin1.GetBytes),
    ];

    private readonly SmtpSession _session = SmtpSession.Create("rfc5321", new SessionSettings(), new SitePolicy());

    [GlobalSetup]
    public void Setup()
    {
        _session.Open();
        Exchange();
    }

    [Benchmark(OperationsPerInvoke = Commands)]
    public int Exchange()
    {
        var written = 0;
        foreach (var octets in Dialogue)
        {
            _session.Receive(octets);
            if (_session.Status is SessionStatus.Delivering)
            {
                _session.CompleteDelivery(Decision.Accept);
            }

            written += _session.Output.Length;
            _session.ClearOutput();
        }

        return written;
    }
}
