using System.Net;

namespace SmtpModel.Server.Tests.Hosting;

public class LoginThrottleTests
{
    private readonly ManualTime _time = new();
    private readonly LoginThrottle _throttle;

    public LoginThrottleTests() =>
        _throttle = new LoginThrottle(new SmtpServerOptions { Store = DiscardStore.Instance, TimeProvider = _time });

    [Fact]
    public void Each_failure_from_an_address_doubles_the_delay_up_to_eight_seconds_and_others_are_not_concerned()
    {
        Assert.Equal([1, 2, 4, 8, 8], Enumerable.Range(0, 5).Select(_ => Delay("192.0.2.1")));
        Assert.Equal(1, Delay("192.0.2.2"));
    }

    [Fact]
    public void An_IPv6_network_of_64_bits_is_one_address()
    {
        Assert.Equal(1, Delay("2001:db8::1"));
        Assert.Equal(2, Delay("2001:db8::ffff:1"));
        Assert.Equal(1, Delay("2001:db8:0:1::1"));
    }

    [Fact]
    public void Ten_minutes_without_a_failure_are_forgiven()
    {
        Delay("192.0.2.1");
        _time.Advance(TimeSpan.FromMinutes(9));
        Assert.Equal(2, Delay("192.0.2.1"));
        _time.Advance(TimeSpan.FromMinutes(11));
        Assert.Equal(1, Delay("192.0.2.1"));
    }

    [Fact]
    public void Very_many_addresses_do_not_fill_the_memory()
    {
        for (var number = 0; number < 50_000; number++)
        {
            Assert.Equal(1, _throttle.DelayAfterFailure(new IPAddress(number + 0x0a000000L)).TotalSeconds);
        }

        Assert.InRange(_throttle.Count, 1, 10_000);
    }

    private double Delay(string address) => _throttle.DelayAfterFailure(IPAddress.Parse(address)).TotalSeconds;
}
