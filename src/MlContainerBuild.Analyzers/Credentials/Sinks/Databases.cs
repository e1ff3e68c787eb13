namespace MlContainerBuild.Analyzers.Credentials.Sinks;

/// <summary>Databases, caches and brokers. Their connection strings are MLC1003.</summary>
internal static class Databases
{
    internal static readonly CredentialSink[] Sinks =
    [
        new("System.Data.*", SinkKind.Password, "password"),
        new("Microsoft.Data.*", SinkKind.Password, "password"),
        new("MySql.*", SinkKind.Password, "password"),
        new("MySqlConnector.*", SinkKind.Password, "password"),
        new("Npgsql.*", SinkKind.Password, "password"),
        new("Oracle.*", SinkKind.Password, "password"),
        new("ClickHouse.*", SinkKind.Password, "password"),
        new("Cassandra.*", SinkKind.Password, "password"),
        new("Confluent.Kafka.*", SinkKind.Password, "saslPassword sslKeyPassword"),
        new("Elastic.*", SinkKind.Password, "password"),
        new("Elastic.*", SinkKind.Key, "apiKey"),
        new("Elasticsearch.*", SinkKind.Password, "password"),
        new("InfluxDB.*", SinkKind.Key, "token"),
        new("MongoDB.*", SinkKind.Password, "password"),
        new("MQTTnet.*", SinkKind.Password, "password"),
        new("NATS.*", SinkKind.Password, "password"),
        new("NATS.*", SinkKind.Key, "token"),
        new("Neo4j.*", SinkKind.Password, "password"),
        new("RabbitMQ.*", SinkKind.Password, "password"),
        new("StackExchange.Redis.*", SinkKind.Password, "password"),
    ];
}
