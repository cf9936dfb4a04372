"""io.prometheus.client.MetricFamily for PyPI's protobuf, so that no compiler is needed.

Source: https://github.com/prometheus/client_model/blob/master/io/prometheus/client/metrics.proto
"""

from google.protobuf import descriptor_pb2, descriptor_pool, message_factory
from google.protobuf.internal.decoder import _DecodeVarint32
from google.protobuf.unknown_fields import UnknownFieldSet

F = descriptor_pb2.FieldDescriptorProto
ONE, MANY = F.LABEL_OPTIONAL, F.LABEL_REPEATED
MESSAGES = {
    "LabelPair": [(1, "name", F.TYPE_STRING, ONE), (2, "value", F.TYPE_STRING, ONE)],
    "Timestamp": [(1, "seconds", F.TYPE_INT64, ONE), (2, "nanos", F.TYPE_INT32, ONE)],
    "Exemplar": [(1, "label", "LabelPair", MANY), (2, "value", F.TYPE_DOUBLE, ONE), (3, "timestamp", "Timestamp", ONE)],
    "Gauge": [(1, "value", F.TYPE_DOUBLE, ONE)],
    "Counter": [(1, "value", F.TYPE_DOUBLE, ONE), (2, "exemplar", "Exemplar", ONE),
                (3, "created_timestamp", "Timestamp", ONE)],
    "Bucket": [(1, "cumulative_count", F.TYPE_UINT64, ONE), (2, "upper_bound", F.TYPE_DOUBLE, ONE),
               (3, "exemplar", "Exemplar", ONE)],
    "BucketSpan": [(1, "offset", F.TYPE_SINT32, ONE), (2, "length", F.TYPE_UINT32, ONE)],
    "Histogram": [(1, "sample_count", F.TYPE_UINT64, ONE), (2, "sample_sum", F.TYPE_DOUBLE, ONE),
                  (3, "bucket", "Bucket", MANY), (5, "schema", F.TYPE_SINT32, ONE),
                  (6, "zero_threshold", F.TYPE_DOUBLE, ONE), (7, "zero_count", F.TYPE_UINT64, ONE),
                  (9, "negative_span", "BucketSpan", MANY), (10, "negative_delta", F.TYPE_SINT64, MANY),
                  (12, "positive_span", "BucketSpan", MANY), (13, "positive_delta", F.TYPE_SINT64, MANY),
                  (15, "created_timestamp", "Timestamp", ONE), (16, "exemplars", "Exemplar", MANY)],
    "Metric": [(1, "label", "LabelPair", MANY), (2, "gauge", "Gauge", ONE), (3, "counter", "Counter", ONE),
               (7, "histogram", "Histogram", ONE)],
    "MetricFamily": [(1, "name", F.TYPE_STRING, ONE), (2, "help", F.TYPE_STRING, ONE), (3, "type", F.TYPE_INT32, ONE),
                     (4, "metric", "Metric", MANY), (5, "unit", F.TYPE_STRING, ONE)],
}


def message_class():
    file = descriptor_pb2.FileDescriptorProto(name="metrics.proto", package="io.prometheus.client", syntax="proto2")
    for name, fields in MESSAGES.items():
        message = file.message_type.add(name=name)
        for number, field, kind, label in fields:
            added = message.field.add(name=field, number=number, label=label)
            if isinstance(kind, str):
                added.type, added.type_name = F.TYPE_MESSAGE, ".io.prometheus.client." + kind
            else:
                added.type = kind
    pool = descriptor_pool.DescriptorPool()
    pool.Add(file)
    return message_factory.GetMessageClass(pool.FindMessageTypeByName("io.prometheus.client.MetricFamily"))


def families(data: bytes) -> list:
    """The messages, each after its length."""
    kind, position, result = message_class(), 0, []
    while position < len(data):
        length, position = _DecodeVarint32(data, position)
        family = kind()
        family.ParseFromString(data[position:position + length])
        assert len(UnknownFieldSet(family)) == 0, f"{family.name} has unknown fields"
        position += length
        result.append(family)
    assert position == len(data), "the last message is cut off"
    return result
