using System.Text;

using MlContainerBuild.Checks.Images;

namespace MlContainerBuild.Checks.Tests.Images;

public sealed class ImageConfigTests
{
    [Fact]
    public void Configuration_IsReadWhole()
    {
        ImageConfig config = Read("""
            {"architecture":"arm","os":"linux","variant":"v7","created":"2026-03-01T12:00:00Z",
             "config":{"User":"1654","WorkingDir":"/srv","Env":["PATH=/bin","A=b=c","EMPTY=","NOEQUALS",null],
                       "Labels":{"a":"1","n":2,"t":true,"no":null,"o":{}},
                       "ExposedPorts":{"8080/tcp":{},"81/udp":null},"Entrypoint":["/entry"],"Cmd":["run","now"]},
             "rootfs":{"type":"layers","diff_ids":["sha256:1","sha256:2"]},
             "history":[{"created_by":"ADD rootfs"},{"created_by":"USER 1654","empty_layer":true},{}]}
            """);

        Assert.Equal(("arm", "linux", "v7"), (config.Architecture, config.OperatingSystem, config.Variant));
        Assert.Equal(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero), config.Created);
        Assert.Equal(("1654", "/srv"), (config.User, config.WorkingDirectory));
        Assert.Equal(["PATH=/bin", "A=b=c", "EMPTY="], config.Environment.Select(pair => $"{pair.Key}={pair.Value}"));
        Assert.Equal(["a=1", "n=2", "t=true"], config.Labels.Select(pair => $"{pair.Key}={pair.Value}"));
        Assert.Equal(["8080/tcp"], config.ExposedPorts.ToArray());
        Assert.Equal(["/entry"], config.Entrypoint.ToArray());
        Assert.Equal(["run", "now"], config.Command.ToArray());
        Assert.Equal(["sha256:1", "sha256:2"], config.Layers.ToArray());
        Assert.Equal([new("ADD rootfs", false), new("USER 1654", true), new("", false)], config.History.ToArray());
    }

    [Fact]
    public void SmallestConfiguration_HasNothing()
    {
        ImageConfig config = Read("""{"architecture":"amd64","os":"linux","config":{},"rootfs":{}}""");

        Assert.Null(config.User);
        Assert.Null(config.Created);
        Assert.Empty(config.Environment);
        Assert.Empty(config.Labels);
        Assert.Empty(config.ExposedPorts);
        Assert.Empty(config.Entrypoint);
        Assert.Empty(config.Layers);
        Assert.Empty(config.History);
    }

    [Theory]
    [InlineData("\"Env\":null,\"Labels\":null,\"ExposedPorts\":null,\"Entrypoint\":null,\"Cmd\":null,\"User\":null")]
    [InlineData("\"Env\":\"A=b\",\"Labels\":[],\"ExposedPorts\":[]")]
    public void WhatTheSdkPassesOver_IsPassedOver(string config) =>
        Assert.Empty(Read($$$"""{"architecture":"amd64","os":"linux","config":{ {{{config}}} },"rootfs":{}}""").Environment);

    [Theory]
    [InlineData("2026-13-45")]
    [InlineData("yesterday")]
    public void DateThatIsNone_IsUnknown(string date) =>
        Assert.Null(Read($$$"""{"architecture":"amd64","os":"linux","config":{},"rootfs":{},"created":"{{{date}}}"}""").Created);

    [Theory]
    [InlineData("", "is not JSON, or names a property twice")]
    [InlineData("""{"os":"linux","os":"windows"}""", "is not JSON, or names a property twice")]
    [InlineData("""{"os":"linux","architecture":"\ud83d","config":{},"rootfs":{}}""", "is not JSON, or names a property twice")]
    [InlineData("[]", "has no 'config' object")]
    [InlineData("""{"os":"linux","architecture":"amd64","rootfs":{}}""", "has no 'config' object")]
    [InlineData("""{"os":"linux","architecture":"amd64","config":null,"rootfs":{}}""", "has no 'config' object")]
    [InlineData("""{"os":"linux","architecture":"amd64","config":{}}""", "has no 'rootfs' object")]
    [InlineData("""{"os":"linux","config":{},"rootfs":{}}""", "names no architecture")]
    [InlineData("""{"architecture":"amd64","config":{},"rootfs":{}}""", "names no operating system")]
    [InlineData("""{"os":"linux","architecture":"amd64","config":{"Entrypoint":"/entry"},"rootfs":{}}""", "has no list in 'Entrypoint'")]
    [InlineData("""{"os":"linux","architecture":"amd64","config":{"Env":[7]},"rootfs":{}}""", "has something else than text in 'Env'")]
    [InlineData("""{"os":"linux","architecture":"amd64","config":{},"rootfs":{"type":"layers","diff_ids":[7]}}""", "has something else than text in 'diff_ids'")]
    [InlineData("""{"os":"linux","architecture":"amd64","config":{},"rootfs":{},"history":{}}""", "has a 'history' that is no list")]
    public void ConfigurationTheSdkCannotBuildOn_IsAnError(string json, string expected)
    {
        Assert.False(ImageConfig.TryRead(Encoding.UTF8.GetBytes(json), out _, out string? error));
        Assert.Equal("the image configuration " + expected, error);
    }

    private static ImageConfig Read(string json)
    {
        Assert.True(ImageConfig.TryRead(Encoding.UTF8.GetBytes(json), out ImageConfig? config, out string? error), error);
        return config;
    }
}
