using SmtpModel.Machines;
using SmtpModel.Server;

namespace SmtpModel.Testing.Tests.InMemory;

// The in-memory session, seen from inside: its state and its buffers are held against the model after each exchange.
internal static class Memory
{
    public static Conversation Of(Profile profile, int piece = 0) => Of(profile, InMemoryTarget.Of(profile, piece));

    public static Conversation Of(Profile profile, InMemoryTarget target) =>
        new(profile.Table, target) { Inspect = model => Differs(model, target.Session) };

    public static string? Differs(SessionModel model, SmtpSession session) => session.State.ToString() != model.State.Name
        ? $"the state should be {model.State}, and is {session.State}"
        : Buffers.Differ(model, session.Message);
}
