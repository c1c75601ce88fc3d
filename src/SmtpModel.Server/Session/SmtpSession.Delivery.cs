namespace SmtpModel.Server;

internal sealed partial class SmtpSession<TOrder>
{
    private bool AnswersForEach => _order.ForEach(_delivering) != BufferEffects.None;

    // the message is to be delivered: whole, or to one forward-path after the other
    private void BeginDelivery(Verb verb)
    {
        _delivering = verb;
        (Status, AwaitedRecipient) = (SessionStatus.Delivering, AnswersForEach ? 0 : -1);
        if (AwaitedRecipient == Message.RecipientCount)
        {
            // nobody is to be answered, and the session goes where it goes with any reply
            AwaitedRecipient = -1;
            Follow(_delivering, _order.Next(State, _delivering, _order.Accepting(_delivering)), default, default);
            EndDelivery();
        }
    }

    // refused by the session itself, whoever it is for
    private void Refuse(Verb verb, Decision refusal)
    {
        if (!_order.Delivers(verb) && verb is not Verb.EndOfData)
        {
            Answer(verb, refusal, default);
            return;
        }

        BeginDelivery(verb);
        while (Status is SessionStatus.Delivering)
        {
            AnswerData(refusal);
        }
    }

    private void AnswerData(Decision outcome)
    {
        var code = Code(_delivering, outcome);
        if (AwaitedRecipient >= 0 && AwaitedRecipient < Message.RecipientCount - 1 && code != _order.Closing)
        {
            // whichever the replies are they lead to one state: the last one takes the session there
            if (!_order.Next(State, _delivering, code).IsPermitted)
            {
                ThrowNotPermitted(_delivering, code);
            }

            code = _order.Reply(State, _delivering, code);
            Write(_delivering, code, outcome.Text ?? _texts.Of(_order, _delivering, code, default, isListing: false, IsSecured));
            AwaitedRecipient++;
            return;
        }

        // what closes is the last that is said, whoever was still to be answered
        Answer(_delivering, outcome, default);
        EndDelivery();
    }

    private void EndDelivery()
    {
        AwaitedRecipient = -1;
        Status = Status is SessionStatus.Delivering ? SessionStatus.Receiving : Status;
    }
}
