using SmtpModel.Spec;

namespace SmtpModel.Testing.Tests.Groups;

// Groups of commands in one packet (RFC 2920): what only they show is found, and nobody is accused who answers them as they should be.
public class GroupFuzzTests
{
    public static TheoryData<int> EveryFault => [.. Enumerable.Range(0, GroupFaults.All.Count)];

    [Theory]
    [MemberData(nameof(EveryFault))]
    public async Task A_fault_that_only_a_group_shows_is_found_and_shrunk_to_the_smallest_group(int number)
    {
        var fault = GroupFaults.All[number];
        foreach (var isScripted in new[] { false, true })
        {
            var options = new FuzzOptions { Seed = TestRun.Seed, Sessions = 2000, MaxViolations = 1, IsScripted = isScripted };
            var target = fault.Server(InMemoryTarget.Of(Profiles.Esmtp));
            var report = await new Fuzzer(Profiles.Esmtp, options).RunAsync(target, cancellation: TestContext.Current.CancellationToken);
            var finding = Assert.Single(report.Findings);
            var shown = TestRun.Failure($"{fault}", finding.Session, finding.Transcript);
            TestRun.Print($"session {finding.Number}: {shown}");
            Assert.True(finding.NeedsGroup, shown);
            Assert.Equal(Rfc2920.PL2.Id, finding.Violation.Rule?.Id);
            // one more where the way in has a command that a server need not have, and that is waited for
            var steps = finding.Session.Steps;
            Assert.True(steps.Count >= fault.Steps && steps.Count <= fault.Steps + 1, $"{fault.Steps} steps show it: {shown}");
            Assert.True(steps.Count(step => step.IsJoined) + 1 == fault.Inputs, $"{fault.Inputs} inputs in one packet show it: {shown}");
        }
    }

    [Fact]
    public async Task A_server_that_answers_groups_as_it_should_is_not_accused()
    {
        var faithful = new GroupFault("All is answered.", 0, 0, GroupFault.FaithfulAsync);
        foreach (var seed in Enumerable.Range(0, 4).Select(offset => TestRun.Seed + (ulong)offset))
        {
            ITarget[] targets =
            [
                InMemoryTarget.Of(Profiles.Esmtp),
                InMemoryTarget.Of(Profiles.Esmtp, piece: 1),
                faithful.Server(InMemoryTarget.Of(Profiles.Esmtp)),
            ];
            foreach (var target in targets)
            {
                foreach (var isScripted in new[] { false, true })
                {
                    var options = new FuzzOptions
                    {
                        Seed = seed,
                        Sessions = TestRun.Cases(3000),
                        IsScripted = isScripted,
                    };
                    var report = await new Fuzzer(Profiles.Esmtp, options).RunAsync(
                        target,
                        cancellation: TestContext.Current.CancellationToken
                    );
                    TestRun.NoFindings(report);
                    TestRun.Print(
                        $"seed {seed}, {target.Name}{(isScripted ? ", scripted" : "")}: {report.Groups}, {report.Exchanges} exchanges"
                    );
                    Assert.InRange(report.Groups.Groups, 1000, long.MaxValue);
                    Assert.InRange(report.Groups.Longest, 10, int.MaxValue);
                }
            }
        }
    }
}
