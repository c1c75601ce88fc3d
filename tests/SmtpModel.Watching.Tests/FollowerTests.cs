namespace SmtpModel.Watching.Tests;

/// <summary>Each fault is planted in a session that is right otherwise, and has to be blamed on the side it is on, and on no
/// other.</summary>
public sealed class FollowerTests
{
    private const string Plain = """
        S: 220 mx.example.test ESMTP
        C: EHLO client.example.test
        S: 250-mx.example.test
        S: 250-SIZE 1000
        S: 250 8BITMIME
        C: MAIL FROM:<a@example.test> SIZE=100 BODY=8BITMIME
        S: 250 ok
        C: RCPT TO:<b@example.test>
        S: 250 ok
        C: RCPT TO:<c@example.test>
        S: 550 no
        C: DATA
        S: 354 go on
        C: Subject: test
        C: 
        C: ..
        C: .
        S: 250 ok
        C: QUIT
        S: 221 bye
        S closes
        C closes

        """;

    private const string Text = "S: 354 go on\nC: Subject: test\nC: \nC: ..\nC: .\nS: 250 ok\n";

    [Fact]
    public void Nothing_is_blamed_in_a_session_that_is_right() => Assert.Empty(Said.Blamed(Plain));

    [Fact]
    public void Nor_where_each_octet_comes_by_itself() => Assert.Empty(Said.Blamed(Plain, byOctet: true));

    [Fact]
    public void All_its_exchanges_are_judged() => Assert.Equal(8, Said.Log(Plain).Exchanges);

    [Theory]
    [InlineData("NOOP")]
    [InlineData("VRFY")]
    [InlineData("HELP")]
    public void A_server_may_refuse_a_line_for_its_length_RFC_5321_4_5_3_1_10(string verb) =>
        Assert.Equal(
            ["Client NON-STRICT K17"],
            Said.Blamed($"{Said.Hello()}C: {verb} {new string('x', 510)}\nS: 500 Line too long.\nC: QUIT\nS: 221 bye\nS closes\nC closes\n")
        );

    [Theory]
    // the order of commands
    [InlineData("C: EHLO client.example.test", "C: HELO client.example.test", "Client NON-STRICT K1")]
    [InlineData(
        "C: MAIL FROM:<a@example.test> SIZE=100 BODY=8BITMIME\nS: 250 ok",
        "C: MAIL FROM:<a@example.test>\nS: 250 ok\nC: MAIL FROM:<a@example.test>\nS: 503 no",
        "Client FAIL K4"
    )]
    [InlineData(
        "C: MAIL FROM:<a@example.test> SIZE=100 BODY=8BITMIME\nS: 250 ok\n",
        "C: RCPT TO:<b@example.test>\nS: 503 no\nC: MAIL FROM:<a@example.test>\nS: 250 ok\n",
        "Client FAIL K5"
    )]
    [InlineData(
        "C: MAIL FROM:<a@example.test> SIZE=100 BODY=8BITMIME\nS: 250 ok\n",
        "C: MAIL FROM:<a@example.test>\nS: 550 ok\nC: RCPT TO:<b@example.test>\nS: 503 no\nC: MAIL FROM:<a@example.test>\nS: 250 ok\n",
        "Client NON-STRICT K6"
    )]
    [InlineData("S: 221 bye\n", "S: 221 bye\nC: NOOP\n", "Client FAIL K7")]
    [InlineData("C: QUIT\nS: 221 bye\nS closes\n", "", "Client FAIL K8")]
    [InlineData("S: 221 bye\nS closes\n", "", "Client NON-STRICT K9")]
    // waiting
    [InlineData("C: RCPT TO:<b@example.test>\nS: 250 ok", "C: RCPT TO:<b@example.test>\nC: NOOP\nS: 250 ok\nS: 250 ok", "Client FAIL K12")]
    [InlineData("C: DATA\nS: 354 go on\nC: Subject: test\n", "C: DATA\nC: Subject: test\nS: 354 go on\n", "Client FAIL K14")]
    [InlineData(Text, "S: 554 no\nC: Subject: test\nS: 500 what\nC: \nS: 500 what\nC: .\nS: 500 what\n", "Client FAIL K14")]
    [InlineData(Text, "S: 554 no\nC: text\nS: 500 what\nC: .\nS: 500 what\n", "Client FAIL K14")]
    // lines
    [InlineData("C: QUIT\n", "C: QUIT\\n\n", "Client FAIL K16")]
    [InlineData("C: Subject: test\n", "C: Subject: test\\n\n", "Client FAIL K16")]
    [InlineData("C: QUIT\n", "C: QUIT now\n", "Client FAIL K21")]
    [InlineData("C: RCPT TO:<c@example.test>", "C: RCPT TO: <c@example.test>", "Client FAIL K22")]
    [InlineData("C: RCPT TO:<c@example.test>", "C: RCPT TO:c@example.test", "Client FAIL K20")]
    [InlineData("C: RCPT TO:<c@example.test>", "C: RCPT TO:<\u00fc@example.test>", "Client FAIL K23")]
    [InlineData("S: 250-SIZE 1000\nS: 250 8BITMIME", "S: 250 SIZE 1000", "Client FAIL K25")]
    // extensions
    [InlineData("C: RCPT TO:<b@example.test>", "C: RCPT TO:<b@example.test> NOTIFY=NEVER", "Client FAIL K26")]
    [InlineData("SIZE=100", "SIZE=1001", "Client INFO K28")]
    // the server
    [InlineData("S: 354 go on", "S: 250 go on", "Server FAIL O5")]
    [InlineData("C: RCPT TO:<b@example.test>\nS: 250 ok", "C: RCPT TO:<b@example.test>\nS: 250 ok\nS: 250 ok", "Server FAIL R5")]
    [InlineData("S: 250-mx.example.test", "S: 250-mx.example.test\\n", "Server FAIL R6")]
    [InlineData("S: 250-SIZE 1000", "S: 251-SIZE 1000", "Server FAIL R6")]
    [InlineData("S: 550 no", "S: 650 no", "Server FAIL R6")]
    [InlineData("S: 250-SIZE 1000", "S: 250-SIZE many", "Server FAIL SZ3")]
    [InlineData("C: DATA\nS: 354 go on", "C: DATA\nS closes", "Server FAIL R4")]
    public void A_fault_is_blamed_on_the_side_that_it_is_on(string right, string wrong, string blamed)
    {
        Assert.Contains(right, Plain, StringComparison.Ordinal);
        var found = Said.Blamed(Plain.Replace(right, wrong, StringComparison.Ordinal));
        Assert.Contains(blamed, found);
        Assert.All(found, one => Assert.StartsWith(blamed.Split(' ')[0], one, StringComparison.Ordinal));
    }

    [Fact]
    public void A_transaction_before_a_hello_is_the_clients_fault() =>
        Assert.Equal(["Client FAIL K2"], Said.Blamed("S: 220 mx.example.test\nC: MAIL FROM:<a@example.test>\nS: 503 no\n"));

    [Fact]
    public void A_server_that_takes_a_recipient_without_a_sender_is_at_fault_too() =>
        Assert.Equal(["Client FAIL K5", "Server FAIL E4"], Said.Blamed(Said.Hello() + "C: RCPT TO:<a@example.test>\nS: 250 ok\n"));

    [Theory]
    [InlineData("RET=FULL RET=FULL", 250, "Server FAIL DN2")]
    [InlineData("RET=SOME", 250, "Server FAIL DN2")]
    [InlineData("RET=FULL RET=FULL", 501, null)]
    [InlineData("RET=SOME", 501, null)]
    [InlineData("RET=FULL ENVID=x", 250, null)]
    public void A_server_that_takes_a_parameter_which_a_rule_bars_is_at_fault(string parameters, int code, string? blamed) =>
        Assert.Equal(
            blamed is null ? [] : [blamed],
            Said.Blamed(Said.Hello("DSN") + $"C: MAIL FROM:<a@example.test> {parameters}\nS: {code} so\n")
                .Where(found => found.StartsWith("Server", StringComparison.Ordinal))
        );

    [Fact]
    public void A_client_that_does_not_wait_for_the_greeting_should_have() =>
        Assert.Equal(
            ["Client NON-STRICT K11"],
            Said.Blamed("C: EHLO client.example.test\nS: 220 mx.example.test\nS: 250 mx.example.test\n")
        );

    [Fact]
    public void A_group_that_is_offered_is_right() =>
        Assert.Empty(
            Said.Blamed(
                Said.Hello("PIPELINING")
                    + "C: MAIL FROM:<a@example.test>\nC: RCPT TO:<b@example.test>\nC: DATA\nS: 250 ok\nS: 250 ok\nS: 354 go on\nC: text\n"
                    + "C: .\nC: MAIL FROM:<a@example.test>\nC: QUIT\nS: 250 ok\nS: 250 ok\nS: 221 bye\n"
            )
        );

    [Fact]
    public void A_command_behind_the_last_of_a_group_did_not_wait() =>
        Assert.Equal(
            ["Client FAIL K13"],
            Said.Blamed(Said.Hello("PIPELINING") + "C: NOOP\nC: MAIL FROM:<a@example.test>\nS: 250 ok\nS: 250 ok\n")
        );

    [Fact]
    public void Data_in_a_group_whose_recipients_are_refused_is_right_and_its_body_is_not() =>
        Assert.Equal(
            ["Client NON-STRICT K15"],
            Said.Blamed(
                    Said.Hello("PIPELINING")
                        + "C: MAIL FROM:<a@example.test>\nC: RCPT TO:<b@example.test>\nC: DATA\nS: 250 ok\nS: 550 no\nS: 354 go on\nC: "
                        + "text\nC: .\nS: 554 no\n"
                )
                .Where(one => one.StartsWith("Client", StringComparison.Ordinal))
        );

    [Theory]
    [InlineData("S: 554 no\nC: RSET\nS: 250 ok\n")]
    [InlineData("S: 554 no\nC: XTEXT a: b\nS: 500 what\n")]
    [InlineData("S: 554 no\nC: NOOP\nS: 250 ok\nC: .\nS: 500 what\n")]
    public void What_is_no_line_of_a_message_is_none_behind_DATA_that_was_refused(string behind) =>
        Assert.Empty(Said.Blamed(Plain.Replace(Text, behind, StringComparison.Ordinal)));

    [Fact]
    public void Mail_data_in_a_group_behind_DATA_was_sent_too_early() =>
        Assert.Equal(
            ["Client FAIL K14"],
            Said.Blamed(
                Said.Hello("PIPELINING")
                    + "C: MAIL FROM:<a@example.test>\nC: RCPT TO:<b@example.test>\nC: DATA\nC: Subject: text\nS: 250 ok\nS: 250 ok\nS: "
                    + "354 go on\nC: .\nS: 250 ok\n"
            )
        );

    [Fact]
    public void A_server_may_refuse_what_is_listed_where_its_argument_is_missing() =>
        Assert.Equal(["Client FAIL K20"], Said.Blamed(Said.Hello("ETRN") + "C: ETRN\nS: 500 Syntax: ETRN domain\n"));

    [Fact]
    public void Starttls_is_carried_on_blind() =>
        Assert.Empty(Said.Blamed(Said.Hello("STARTTLS") + "C: STARTTLS\nS: 220 go\nC: \u0016\u0003\u0001\nS: \u0016\u0003\nC: MAIL\n"));

    [Fact]
    public void A_command_in_place_of_the_handshake_is_the_clients_fault() =>
        Assert.Equal(["Client FAIL K32"], Said.Blamed(Said.Hello("STARTTLS") + "C: STARTTLS\nS: 220 go\nC: EHLO client.example.test\n"));

    [Fact]
    public void A_login_that_is_not_offered_is_followed_and_blamed_on_the_client_only() =>
        Assert.Equal(
            ["Client NON-STRICT K27"],
            Said.Blamed(
                Said.Hello()
                    + "C: AUTH LOGIN\nS: 334 VXNlcm5hbWU6\nC: YQ==\nS: 334 UGFzc3dvcmQ6\nC: YQ==\nS: 235 ok\nC: MAIL "
                    + "FROM:<a@example.test>\nS: 250 ok\n"
            )
        );

    [Fact]
    public void A_login_inside_a_transaction_and_a_second_one_are_the_clients_fault() =>
        Assert.Equal(
            ["Client FAIL K29", "Client FAIL K30"],
            Said.Blamed(
                Said.Hello("AUTH PLAIN")
                    + "C: MAIL FROM:<a@example.test>\nS: 250 ok\nC: AUTH PLAIN AGEAYg==\nS: 503 no\n"
                    + "C: RSET\nS: 250 ok\nC: AUTH PLAIN AGEAYg==\nS: 235 ok\nC: AUTH PLAIN AGEAYg==\nS: 503 no\n"
            )
        );

    [Fact]
    public void Eight_bits_are_the_clients_fault_where_they_are_not_offered() =>
        Assert.Equal(
            ["Client FAIL K24"],
            Said.Blamed(
                Said.Hello()
                    + "C: MAIL FROM:<a@example.test>\nS: 250 ok\nC: RCPT TO:<a@example.test>\nS: 250 ok\nC: DATA\nS: 354 go\nC: \u00fc\n"
                    + "C: .\nS: 250 ok\n"
            )
        );

    [Fact]
    public void Chunks_are_counted_and_not_read() =>
        Assert.Empty(
            Said.Blamed(
                Said.Hello("CHUNKING")
                    + "C: MAIL FROM:<a@example.test>\nS: 250 ok\nC: RCPT TO:<a@example.test>\nS: 250 ok\nC: BDAT 6\nC: MAIL\\\nC: \\r\\n\n"
                    + "S: 250 ok\nC: BDAT 0 LAST\nS: 250 ok\n"
            )
        );

    [Fact]
    public void Behind_a_gap_nothing_is_judged_until_two_exchanges_are_in_step() =>
        Assert.Equal(
            ["Client FAIL K4"],
            Said.Blamed(
                Said.Hello()
                    + "C: MAIL FROM:<a@example.test>\nC gap\nS: 250 ok\nS: 250 ok\nS: 354 go\nC: RCPT TO:<b@example.test>\nC: .\nS: 250 "
                    + "ok\n"
                    + "C: RSET\nS: 250 ok\nC: NOOP\nS: 250 ok\nC: MAIL FROM:<a@example.test>\nS: 250 ok\nC: MAIL FROM:<a@example.test>\n"
                    + "S: 503 no\n"
            )
        );

    [Fact]
    public void An_Lmtp_server_answers_for_each_recipient() =>
        Assert.Empty(
            Said.Blamed(
                "S: 220 mx.example.test LMTP\nC: LHLO client.example.test\nS: 250-mx.example.test\nS: 250-PIPELINING\nS: 250 "
                    + "ENHANCEDSTATUSCODES\nC: MAIL FROM:<a@example.test>\nS: 250 2.1.0 ok\n"
                    + "C: RCPT TO:<a@example.test>\nS: 250 2.1.5 ok\nC: RCPT TO:<b@example.test>\nS: 250 2.1.5 ok\nC: DATA\nS: 354 go\nC: "
                    + "text\nC: .\nS: 250 2.0.0 ok\nS: 450 4.2.0 later\nC: QUIT\nS: 221 2.0.0 bye\n"
            )
        );

    [Fact]
    public void The_evidence_is_what_was_said_with_the_states_and_the_octets_that_are_wrong()
    {
        var blame = Assert.Single(
            Said.Log(Said.Hello() + "C: MAIL FROM:<a@example.test>\nS: 250 ok\nC: MAIL FROM:<b@example.test>\nS: 503 no\n").All
        );
        Assert.Equal("MAIL FROM:<b@example.test>", blame.Came);
        Assert.Equal("MailGiven", blame.State);
        Assert.Equal("RFC 5321 4.1.4", blame.Rule.Clause.ToString());
        Assert.True(blame.Evidence[^1] is { IsBlamed: true, State: "MailGiven" });
        Assert.Equal(4, blame.Evidence.Count(line => line.Text.Length > 0 && line.Side is Side.Client) + 1);
    }
}
