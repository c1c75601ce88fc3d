using System.Runtime.CompilerServices;
using SmtpModel.Protocol;

namespace SmtpModel.Server;

/// <summary>The session over an order: reads lines and mail data, asks the order what is in order and the site what is
/// acceptable.</summary>
/// <typeparam name="TOrder">A struct, so that each order is compiled into a session of its own.</typeparam>
internal sealed partial class SmtpSession<TOrder> : SmtpSession where TOrder : struct, ISessionOrder
{
    // replies to many commands sent at once are sent before more commands are taken
    private const int OutputLimit = 64 * 1024;
    private static readonly Decision UnknownParameter = Decision.Refuse(555, "Parameter not recognized");
    private readonly TOrder _order;
    // the same order as an object, made once, for requests to ask
    private readonly ISessionOrder _orderObject;
    private readonly SessionTexts _texts;
    private readonly SessionParameters _parameters;
    private readonly string? _utf8Parameter;
    private readonly bool _hasEnhancedCodes;
    // whether the list of extensions was given: only then are parameters known
    private bool _isExtended;
    private LineBuffer _line;
    private MailDataDecoder _decoder;

    public SmtpSession(TOrder order, SessionSettings settings, SitePolicy policy) : base(settings, policy)
    {
        _order = order;
        _orderObject = order;
        _texts = SessionTexts.For(order, settings, policy.HasTerminals);
        _parameters = new SessionParameters(order.Rows?.Parameters ?? [], settings);
        _utf8Parameter = order.Rows?.Utf8Parameter;
        _tlsDemand = settings.RequiresTls ? DemandOf(nameof(Verb.STARTTLS), "Must issue a STARTTLS command first") : null;
        _loginDemand = settings.RequiresAuthentication ? DemandOf(nameof(Verb.AUTH), "Authentication required") : null;
        _hasEnhancedCodes = order.Rows?.HasEnhancedCodes ?? false;
        _maxResponse = Math.Max(MaxResponseLine, settings.MaxCommandLine);
        _line = new LineBuffer(settings.MaxCommandLine);
        _decoder = new MailDataDecoder(settings.MaxTextLine, settings.MaxMessageSize);
        State = order.Start;
    }

    public override bool IsReceivingData => _blockLeft > 0 || _order.Reads(State) is SessionReading.Data;

    public override void Open(bool isSecured)
    {
        if (_order.Reads(State) is not SessionReading.Opening)
        {
            throw new InvalidOperationException("the session has been opened already");
        }

        Answer(Verb.Connection, Policy.OnConnection(), default);
        if (isSecured)
        {
            BeginSecured();
        }
    }

    public override int Receive(ReadOnlySpan<byte> input)
    {
        if (_order.Reads(State) is SessionReading.Opening)
        {
            throw new InvalidOperationException("the session has not been opened; Open() greets, and after that octets are taken");
        }

        var taken = 0;
        while (taken < input.Length && Status is SessionStatus.Receiving && OutputBuffer.Length < OutputLimit)
        {
            taken += _blockLeft > 0 ? ReceiveBlock(input[taken..])
                : _order.Reads(State) is SessionReading.Data ? ReceiveData(input[taken..]) : ReceiveLine(input[taken..]);
        }

        return taken;
    }

    public override void CompleteDelivery(Decision outcome)
    {
        if (Status is not SessionStatus.Delivering)
        {
            throw new InvalidOperationException("the session has no message to be delivered");
        }

        // an answer that is not permitted leaves the delivery undecided; 421 ends the session
        AnswerData(outcome);
    }

    public override void ShutDown(string reason)
    {
        if (Status is SessionStatus.Ended)
        {
            return;
        }

        Status = SessionStatus.Receiving;
        _blockLeft = 0;
        ForgetResponse();
        Answer(Verb.Any, Decision.Refuse(_order.Closing, reason), default);
    }

    public override void Reset()
    {
        (State, Status, IsTurned, Exchanges, _isExtended) = (_order.Start, SessionStatus.Receiving, false, 0, false);
        (IsSecured, Identity, _blockLeft, AwaitedRecipient) = (false, null, 0, -1);
        ForgetResponse();
        Message.Apply(BufferEffects.ClearReversePath | BufferEffects.ClearForwardPath | BufferEffects.ClearMailData, default);
        _line.Clear();
        _decoder.Reset();
        ClearOutput();
    }

    private int ReceiveLine(ReadOnlySpan<byte> input)
    {
        var isResponse = _order.Reads(State) is SessionReading.Responses;
        var taken = _line.Take(input, isResponse ? _maxResponse : Settings.MaxCommandLine, out var line, out var isComplete);
        if (isComplete)
        {
            Exchanges++;
            if (_line.IsTooLong)
            {
                Answer(isResponse ? Verb.Response : Verb.Unknown, Decision.Refuse(_order.Unrecognized, "Line too long"), default);
            }
            else if (isResponse)
            {
                Respond(line);
                _line.Wipe();
            }
            else
            {
                Obey(line);
                if (Status is SessionStatus.Authenticating)
                {
                    // an initial response was in it
                    _line.Wipe();
                }
            }

            _line.Clear();
        }

        return taken;
    }

    private int ReceiveData(ReadOnlySpan<byte> input)
    {
        var taken = _decoder.Decode(input, Message.DataBuffer);
        if (_decoder.Ended)
        {
            Exchanges++;
            if (_decoder.TooLarge)
            {
                Refuse(Verb.EndOfData, Decision.Refuse(552, "Too much mail data"));
            }
            else if (_decoder.LineTooLong)
            {
                Refuse(Verb.EndOfData, Decision.Refuse(554, "Text line too long"));
            }
            else
            {
                BeginDelivery(Verb.EndOfData);
            }

            _decoder.Reset();
        }

        return taken;
    }

    private void Obey(ReadOnlySpan<byte> line)
    {
        var fault = CommandLine.Split(line, _order.Dialect, out var keyword, out var argumentSlice);
        var verb = keyword.IsEmpty ? Verb.Unknown : _order.Recognize(keyword.Of(line));
        if (verb is Verb.Unknown)
        {
            Answer(verb, Decision.Refuse(_order.Unrecognized, keyword.IsEmpty ? fault.Describe() : "Command unrecognized"), default);
            return;
        }

        var argument = argumentSlice.Of(line);
        verb = _order.VariantOf(verb, argument);
        if (_order.BlockOf(verb) is { } block)
        {
            ObeyBlock(verb, block, argument, fault);
            return;
        }

        if (Unserved(verb) is { } unserved)
        {
            Write(verb, unserved.Code, unserved.Text!);
            return;
        }

        PathArgument path = default;
        if (fault is SyntaxFault.None)
        {
            fault = Arguments.Parse(_order.ArgumentOf(verb), argument, _order.Dialect, _order.PatternOf(verb), out path);
        }

        if (fault is not SyntaxFault.None)
        {
            Answer(verb, Decision.Refuse(_order.NotAcceptable, fault.Describe()), default);
            return;
        }

        var parameters = path.Parameters.Of(argument);
        if (Refusal(verb, argument, path, parameters) is { } refusal)
        {
            Answer(verb, refusal, default);
            return;
        }

        if (verb is Verb.AUTH && Settings.Mechanisms.Count > 0)
        {
            Authenticate(argument);
            return;
        }

        var request = new SessionRequest(_order.MeaningOf(verb), argument, path, _orderObject, this);
        var decision = verb is Verb.RCPT && Message.RecipientCount >= Settings.MaxRecipients
            ? Decision.Refuse(452, "Too many recipients")
            : Policy.Decide(request);
        Answer(verb, decision, path.Path.Of(argument), argument, parameters);
    }

    // what the site demands first, or the order refuses: the reply, behind which nothing has changed
    private Decision? Unserved(Verb verb) =>
        Demanded(verb)
        ?? (
            _order.OutOfOrder(State, verb) is not 0 and var code
                ? new Decision(code, code == 530 ? "Authentication required" : "Bad sequence of commands")
                : null
        );

    // what is wrong with the parameters, or with a path that may not be in UTF-8 here; null when nothing is
    private Decision? Refusal(Verb verb, ReadOnlySpan<byte> argument, in PathArgument path, ReadOnlySpan<byte> parameters)
    {
        if (!parameters.IsEmpty && (_isExtended ? _parameters.Refusal(verb, parameters) : UnknownParameter) is { } refusal)
        {
            return refusal;
        }

        if (_utf8Parameter is null || path.Path.IsEmpty || System.Text.Ascii.IsValid(path.Path.Of(argument)))
        {
            return null;
        }

        var begun = Message.HasReversePath ? Message.ReversePathParameters : parameters;
        return _isExtended && SessionParameters.Has(_utf8Parameter, begun) ? null
            : Decision.Refuse(Message.HasReversePath ? 553 : 550, "An address in UTF-8 needs the parameter SMTPUTF8");
    }

    // fires the exchange: the reply goes out, the state and the buffers follow
    private void Answer(
        Verb verb,
        Decision decision,
        ReadOnlySpan<byte> path,
        ReadOnlySpan<byte> argument = default,
        ReadOnlySpan<byte> parameters = default
    )
    {
        var code = Code(verb, decision);
        var step = _order.Next(State, verb, code);
        if (!step.IsPermitted)
        {
            ThrowNotPermitted(verb, code);
        }

        code = _order.Reply(State, verb, code);
        Write(
            verb,
            code,
            decision.Text ?? _texts.Of(_order, verb, code, argument, (step.Effects & BufferEffects.LearnOffer) != 0, IsSecured)
        );
        Follow(verb, step, path, parameters);
        IsTurned |= Status is SessionStatus.Ended && verb is Verb.TURN && code < 400;
    }

    private int Code(Verb verb, Decision decision) =>
        decision.Code switch
        {
            0 => _order.Accepting(verb),
            -1 => _order.NotImplemented,
            var given => given,
        };

    private void Follow(Verb verb, SessionStep step, ReadOnlySpan<byte> path, ReadOnlySpan<byte> parameters)
    {
        Message.Apply(step.Effects, path, parameters);
        if ((step.Effects & BufferEffects.SetReversePath) != 0)
        {
            Message.Kind = Kind(verb);
        }

        if ((step.Effects & (BufferEffects.LearnOffer | BufferEffects.ForgetOffer)) != 0)
        {
            _isExtended = (step.Effects & BufferEffects.LearnOffer) != 0;
        }

        if ((step.Effects & BufferEffects.Secure) != 0)
        {
            (Status, Identity) = (SessionStatus.Securing, null);
        }

        State = step.State;
        if (_order.Reads(State) is SessionReading.Nothing)
        {
            Status = SessionStatus.Ended;
        }
    }

    private void Write(Verb verb, int code, string text) =>
        ReplyFormat.Write(
            OutputBuffer,
            code,
            _hasEnhancedCodes ? EnhancedCodes.For(_order.MeaningOf(verb), code, text, _order.BlockOf(verb) is not null) : "",
            text
        );

    private static DeliveryKind Kind(Verb verb) => verb switch
    {
        Verb.SEND => DeliveryKind.Terminal,
        Verb.SOML => DeliveryKind.TerminalOrMailbox,
        Verb.SAML => DeliveryKind.TerminalAndMailbox,
        _ => DeliveryKind.Mailbox,
    };

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void ThrowNotPermitted(Verb verb, int code) => throw new InvalidOperationException(
        $"the site's policy answered {verb} with {code}, which {_order.Name} does not list for it in the state {State}");
}
