using SmtpModel.Machines;
using SmtpModel.Spec;

namespace SmtpModel.Testing.Tests.Wire;

/// <summary>BINARYMIME (RFC 3030 3) against servers: our own, which keeps to it, and small changes of it, each found by the case that is
/// about it.</summary>
public sealed class BinaryTests
{
    private static readonly Profile Binary = Profiles.Composed("chunking", "binarymime", "8bitmime", "pipelining");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string, string, string, string> Faults { get; } = new()
    {
        // what is looked for in a line, what the server hears instead, what it says itself, the case
        { "DATA", "", "354 go on\r\n", "Fail rfc3030/3/DATA-out-of-order-in-RecipientsGivenBinary" },
        { "DATA", "", "554 not that way\r\n", "Fail rfc3030/3/DATA-out-of-order-in-RecipientsGivenBinary" },
        { "BODY=BINARYMIME", "", "555 no such parameter\r\n", "Fail rfc3030/3/MAIL-BINARYMIME-with-BODY-BINARYMIME" },
    };

    [Fact]
    public async Task Our_own_server_is_tested_whole_and_accused_of_nothing()
    {
        await using var server = await EmbeddedServer.StartAsync(Binary);
        var report = await new ConformanceTest(Binary, new TestOptions { Connections = 4, Depth = Depth.Data }).RunAsync(
            server,
            cancellation: Cancellation
        );

        Assert.True(report.IsConclusive);
        TestRun.None(
            "accused",
            report
                .Results.Where(result => result.Verdict is CaseVerdict.Fail or CaseVerdict.NonStrict)
                .Select(result => $"{result.Verdict} {result.Case}: {result.Reason}")
        );
        TestRun.None(
            "not decided",
            report
                .Results.Where(result =>
                    result.Case.Id.StartsWith("rfc3030/3/", StringComparison.Ordinal) && result.Verdict is not CaseVerdict.Pass
                )
                .Select(result => $"{result.Verdict} {result.Case}: {result.Reason}")
        );
        foreach (
            var name in new[]
            {
                "rfc3030/3/DATA-out-of-order-in-RecipientsGivenBinary",
                "rfc3030/3/EHLO-lists-CHUNKING-with-BINARYMIME",
                "rfc3030/2/BDAT-in-RecipientsGivenBinary",
                "rfc5321/4.1.4/MAIL-BINARYMIME-in-Ready",
            }
        )
        {
            Assert.Contains(report.Results, result => result.Case.Id == name && result.Verdict is CaseVerdict.Pass);
        }
    }

    [Theory, MemberData(nameof(Faults))]
    public async Task A_fault_is_found_by_the_case_that_is_about_it(string said, string heard, string answered, string expected)
    {
        var isBinary = false;
        await using var server = new FaultyServer(Binary, () => new WireFault("", "")
        {
            Command = line =>
            {
                isBinary = line.StartsWith("MAIL", StringComparison.OrdinalIgnoreCase)
                    ? line.Contains("BINARYMIME", StringComparison.OrdinalIgnoreCase)
                    : isBinary;
                return isBinary && line.Contains(said, StringComparison.OrdinalIgnoreCase)
                    ? new WireFault.Line(heard.Length > 0 ? heard : null, answered)
                    : line;
            },
        });
        var options = new TestOptions { Depth = Depth.Envelope, Select = one => one.Id == expected.Split(' ')[1] };
        var report = await new ConformanceTest(Binary, options).RunAsync(server.Target, cancellation: Cancellation);

        Assert.Equal([expected], report.Results.Select(result => $"{result.Verdict} {result.Case.Id}"));
    }

    [Theory]
    [InlineData("RSET", "rfc3030/3/RSET-forgets-that-the-message-was-binary")]
    [InlineData("BDAT", "rfc3030/3/MAIL-forgets-that-the-message-before-was-binary")]
    public async Task A_server_that_takes_the_next_message_for_a_binary_one_is_found_RFC_3030_3(string ends, string expected)
    {
        await using var server = new FaultyServer(Binary, () =>
        {
            var (isBinary, isLater) = (false, false);
            return new WireFault("", "")
            {
                Command = line =>
                {
                    isBinary |= line.Contains("BINARYMIME", StringComparison.OrdinalIgnoreCase);
                    isLater |= isBinary && line.StartsWith(ends, StringComparison.OrdinalIgnoreCase);
                    return isLater && line == "DATA" ? new WireFault.Line(null, "503 use BDAT\r\n") : line;
                },
            };
        });
        var options = new TestOptions { Depth = Depth.Data, Select = one => one.Id == expected };
        var report = await new ConformanceTest(Binary, options).RunAsync(server.Target, cancellation: Cancellation);

        var result = Assert.Single(report.Results);
        Assert.Equal((CaseVerdict.Fail, expected), (result.Verdict, result.Case.Id));
        Assert.Equal($"DATA draws 503 behind {(ends == "BDAT" ? "BDAT LAST" : ends)}", result.Reason);
    }

    [Fact]
    public async Task A_server_that_does_not_forget_what_MAIL_said_of_the_body_is_found()
    {
        var catalogue = MutantCatalogue.Of(Profiles.Composed("chunking", "binarymime"));
        var mutant = catalogue.Find("transfer.MailGivenBinary.RSET-250.MailGivenBinary");
        Assert.True(
            mutant is { Class: MutantClass.Faulty, Killing: not null },
            string.Join(", ", catalogue.Near("transfer.MailGivenBinary.RSET-250.MailGivenBinary"))
        );
        await using var target = InMemoryTarget.Of(mutant);

        Assert.NotNull(
            (await new SessionRunner(new Oracle(catalogue.Table)).RunAsync(target, mutant.Killing, null, Cancellation)).Violation
        );
    }
}
