// The monitoring mixin: recording rules and alerts. `make mixin` renders it.
(import 'config.libsonnet')
+ (import 'rules/rules.libsonnet')
+ (import 'alerts/alerts.libsonnet')
