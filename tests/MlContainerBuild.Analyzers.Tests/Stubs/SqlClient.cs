// Packages Microsoft.Data.SqlClient and StackExchange.Redis.
namespace Microsoft.Data.SqlClient
{
    public class SqlConnection(string connectionString)
    {
        public string ConnectionString { get; set; } = connectionString;
    }

    public class SqlConnectionStringBuilder
    {
        public string DataSource { get; set; }
        public string UserID { get; set; }
        public string Password { get; set; }
        public object this[string keyword] { get => null; set { } }
    }
}

namespace StackExchange.Redis
{
    public class ConfigurationOptions
    {
        public string Password { get; set; }
    }
}
