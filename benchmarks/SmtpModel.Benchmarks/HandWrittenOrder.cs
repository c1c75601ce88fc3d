using SmtpModel.Server;

namespace SmtpModel.Benchmarks;

/// <summary>
/// What somebody would write by hand for the middle of a session. It is the yardstick of <see cref="TransitionBenchmarks"/>
/// and used nowhere else: the order of commands is in spec/.
/// </summary>
internal static class HandWrittenOrder
{
    public static SessionStep Next(SessionState state, Verb verb, int code)
    {
        switch (state)
        {
            case SessionState.Ready:
                switch (verb)
                {
                    case Verb.HELO or Verb.RSET when code == 250:
                        return new SessionStep(SessionState.Ready, Clear);
                    case Verb.MAIL when code == 250:
                        return new SessionStep(SessionState.MailGiven, Clear | BufferEffects.SetReversePath);
                    case Verb.NOOP when code == 250:
                        return new SessionStep(SessionState.Ready, BufferEffects.None);
                    default:
                        return code >= 400 ? new SessionStep(state, BufferEffects.None) : SessionStep.NotPermitted;
                }

            case SessionState.MailGiven or SessionState.RecipientsGiven:
                switch (verb)
                {
                    case Verb.RCPT when code is 250 or 251:
                        return new SessionStep(SessionState.RecipientsGiven, BufferEffects.AppendForwardPath);
                    case Verb.DATA when code == 354 && state is SessionState.RecipientsGiven:
                        return new SessionStep(SessionState.ReceivingData, BufferEffects.AppendMailData);
                    case Verb.HELO or Verb.RSET when code == 250:
                        return new SessionStep(SessionState.Ready, Clear);
                    case Verb.NOOP when code == 250:
                        return new SessionStep(state, BufferEffects.None);
                    default:
                        return code >= 400 ? new SessionStep(state, BufferEffects.None) : SessionStep.NotPermitted;
                }

            case SessionState.ReceivingData when verb is Verb.EndOfData:
                return new SessionStep(SessionState.Ready, Clear);
            default:
                return SessionStep.NotPermitted;
        }
    }

    private const BufferEffects Clear = BufferEffects.ClearReversePath | BufferEffects.ClearForwardPath | BufferEffects.ClearMailData;
}
