namespace SmtpModel.Server.Tests.Messages;

public class MemoryStoreTests
{
    [Fact]
    public async Task A_full_store_refuses_with_452_and_loses_nothing()
    {
        var store = new MemoryStore(capacity: 2);
        Assert.Equal(0, (await store.StoreAsync(Incoming.Message(data: "1"))).Code);
        Assert.Equal(0, (await store.StoreAsync(Incoming.Message(data: "2"))).Code);
        Assert.Equal(452, (await store.StoreAsync(Incoming.Message(data: "3"))).Code);
        Assert.Equal(["1"u8.ToArray(), "2"u8.ToArray()], store.Messages.Select(message => message.Data.ToArray()));
        store.Clear();
        Assert.Equal(0, (await store.StoreAsync(Incoming.Message(data: "3"))).Code);
    }

    [Fact]
    public async Task A_store_that_is_to_drop_the_oldest_keeps_the_newest()
    {
        var store = new MemoryStore(2, WhenFull.DropOldest);
        foreach (var data in new[] { "1", "2", "3" })
        {
            Assert.Equal(0, (await store.StoreAsync(Incoming.Message(data: data))).Code);
        }

        Assert.Equal(["2"u8.ToArray(), "3"u8.ToArray()], store.Messages.Select(message => message.Data.ToArray()));
    }

    [Fact]
    public async Task What_is_kept_is_a_copy()
    {
        var store = new MemoryStore();
        var message = Incoming.Message(data: "before");
        await store.StoreAsync(message);
        message.DataBuffer.Clear();
        message.DataBuffer.Append("AFTER!"u8);
        Assert.Equal("before"u8.ToArray(), store.Messages[0].Data.ToArray());
    }
}
