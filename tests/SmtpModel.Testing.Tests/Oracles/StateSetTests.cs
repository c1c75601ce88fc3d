namespace SmtpModel.Testing.Tests.Oracles;

public class StateSetTests
{
    private static readonly StateSet Three = StateSet.Of(1).Union(StateSet.Of(5)).Union(StateSet.Of(63));

    [Fact]
    public void A_set_has_the_states_that_were_put_into_it_in_their_order()
    {
        Assert.Equal([1, 5, 63], Three.Indexes());
        Assert.Equal(1, Three.First);
        Assert.Equal([1, 5, 63], Enumerable.Range(0, 64).Where(Three.Contains));
    }

    [Fact]
    public void A_set_knows_whether_it_has_no_state_one_or_several()
    {
        Assert.Equal((true, false), (StateSet.None.IsEmpty, StateSet.None.IsSingle));
        Assert.Equal((false, true), (StateSet.Of(63).IsEmpty, StateSet.Of(63).IsSingle));
        Assert.Equal((false, false), (Three.IsEmpty, Three.IsSingle));
        Assert.Empty(StateSet.None.Indexes());
    }

    [Fact]
    public void Two_sets_overlap_when_they_have_a_state_in_common()
    {
        Assert.True(Three.Overlaps(StateSet.Of(5).Union(StateSet.Of(6))));
        Assert.False(Three.Overlaps(StateSet.Of(6)));
        Assert.False(Three.Overlaps(StateSet.None));
        Assert.Equal(Three, Three.Union(StateSet.Of(5)));
    }
}
