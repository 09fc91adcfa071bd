using System.Text;
using Microsoft.Extensions.Configuration;

namespace Plugins.Host.Tests.Configuration;

/// <summary>Settings as an application reads them from <c>appsettings.json</c>.</summary>
internal static class JsonSettings
{
    internal static IConfigurationRoot Read(string json) => new ConfigurationBuilder()
        .AddJsonStream(new MemoryStream(Encoding.UTF8.GetBytes(json)))
        .Build();
}
