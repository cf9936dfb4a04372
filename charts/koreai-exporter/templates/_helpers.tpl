{{- define "koreai-exporter.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 63 | trimSuffix "-" }}
{{- end }}

{{- /* At most 52 characters: a StatefulSet's pods have a label with 11 more. */ -}}
{{- define "koreai-exporter.fullname" -}}
{{- $name := default .Chart.Name .Values.nameOverride -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 52 | trimSuffix "-" }}
{{- else if contains $name .Release.Name -}}
{{- .Release.Name | trunc 52 | trimSuffix "-" }}
{{- else -}}
{{- printf "%s-%s" .Release.Name $name | trunc 52 | trimSuffix "-" }}
{{- end }}
{{- end }}

{{- define "koreai-exporter.selectorLabels" -}}
app.kubernetes.io/name: {{ include "koreai-exporter.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "koreai-exporter.labels" -}}
{{ include "koreai-exporter.selectorLabels" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" }}
{{- with .Values.commonLabels }}
{{ toYaml . }}
{{- end }}
{{- end }}

{{- /* (list $ labels annotations [namespace [suffix]]): the metadata of an object. */ -}}
{{- define "koreai-exporter.metadata" -}}
{{- $root := index . 0 -}}
{{- $namespace := "" -}}
{{- $suffix := "" -}}
{{- if gt (len .) 3 }}{{ $namespace = index . 3 }}{{ end -}}
{{- if gt (len .) 4 }}{{ $suffix = index . 4 }}{{ end -}}
name: {{ include "koreai-exporter.fullname" $root }}{{ $suffix }}
namespace: {{ $namespace | default $root.Release.Namespace }}
labels:
  {{- include "koreai-exporter.labels" $root | nindent 2 }}
  {{- with index . 1 }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
{{- with merge (dict) (index . 2) $root.Values.commonAnnotations }}
annotations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end }}

{{- define "koreai-exporter.serviceAccountName" -}}
{{- if .Values.serviceAccount.create -}}
{{- .Values.serviceAccount.name | default (include "koreai-exporter.fullname" .) }}
{{- else -}}
{{- .Values.serviceAccount.name | default "default" }}
{{- end }}
{{- end }}

{{- define "koreai-exporter.image" -}}
{{- with .Values.image -}}
{{- if .digest -}}
{{ .repository }}@{{ .digest }}
{{- else -}}
{{ .repository }}:{{ .tag | default $.Chart.AppVersion }}
{{- end }}
{{- end }}
{{- end }}

{{- /* The web configuration as text: that of the values, with the certificate and the probes' paths. Empty: there is none. */ -}}
{{- define "koreai-exporter.webConfig" -}}
{{- if not .Values.web.existingSecret -}}
{{- $config := deepCopy .Values.web.config -}}
{{- if .Values.web.tlsSecret -}}
{{- $files := dict "cert_file" "/run/secrets/koreai-exporter-tls/tls.crt" "key_file" "/run/secrets/koreai-exporter-tls/tls.key" -}}
{{- $_ := set $config "tls_server_config" (merge (dict) (get $config "tls_server_config" | default dict) $files) -}}
{{- end -}}
{{- if get $config "basic_auth_users" -}}
{{- $paths := concat (get $config "auth_excluded_paths" | default list) (list "/-/healthy" "/-/ready") | uniq -}}
{{- $_ := set $config "auth_excluded_paths" $paths -}}
{{- end -}}
{{- with $config }}{{ toYaml . }}{{ end -}}
{{- end -}}
{{- end }}

{{- define "koreai-exporter.scheme" -}}
{{- if .Values.web.scheme -}}
{{- .Values.web.scheme -}}
{{- else if or .Values.web.tlsSecret (get .Values.web.config "tls_server_config") -}}
https
{{- else -}}
http
{{- end -}}
{{- end }}

{{- /* (list $ path): what a probe does. */ -}}
{{- define "koreai-exporter.probe" -}}
{{- $root := index . 0 -}}
{{- if eq $root.Values.web.probes "tcp" -}}
tcpSocket:
  port: http
{{- else -}}
httpGet:
  path: {{ index . 1 }}
  port: http
  scheme: {{ include "koreai-exporter.scheme" $root | upper }}
{{- end }}
{{- end }}

{{- /* Stops where the values cannot be used, with what to do. */ -}}
{{- define "koreai-exporter.check" -}}
{{- $sources := list .Values.config .Values.existingConfigMap .Values.existingConfigSecret | compact -}}
{{- if not (or .Values.demo $sources) -}}
{{- fail "Nothing is configured: set `config` to the exporter's configuration (docs/install.md has a first one), `existingConfigMap` or `existingConfigSecret` to an object that has it, or `demo: true` to look at a simulated platform." -}}
{{- end -}}
{{- if and .Values.demo $sources -}}
{{- fail "`demo: true` runs a simulated platform and reads no configuration: remove `demo`, or `config`, `existingConfigMap` and `existingConfigSecret`." -}}
{{- end -}}
{{- if and .Values.demo (include "koreai-exporter.webConfig" . | or .Values.web.existingSecret) -}}
{{- fail "The demo has neither TLS nor passwords: remove `web.config`, `web.existingSecret` and `web.tlsSecret`, or `demo`." -}}
{{- end -}}
{{- if gt (len $sources) 1 -}}
{{- fail "Set one of `config`, `existingConfigMap` and `existingConfigSecret`." -}}
{{- end -}}
{{- if and .Values.web.existingSecret .Values.web.config -}}
{{- fail "Set `web.config` or `web.existingSecret`, not both." -}}
{{- end -}}
{{- range get .Values.config "credentials" | default list -}}
{{- if hasKey . "client_secret" -}}
{{- fail (printf "`config.credentials` has a `client_secret`, which everybody who reads ConfigMaps would see: put it into a Secret, name that in `existingSecret`, and write `client_secret_file: /run/secrets/koreai-exporter/KEY` (credential `%v`)." .name) -}}
{{- end -}}
{{- end -}}
{{- with .Values.config -}}
{{- range concat (list (.defaults | default dict)) (.bots | default list) (.discovery | default list) -}}
{{- range .languages -}}
{{- if not (kindIs "string" .) -}}
{{- fail (printf "`config` has the language `%v`, which is not a text: Helm reads `no`, `yes` and `on` as true or false. Write it in quotes, such as \"no\"." .) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- if regexMatch "://[^/@]*:[^/@]*@" (.http | default dict | toJson) -}}
{{- fail "`config.http.proxy_url` has a password, which everybody who reads ConfigMaps would see: put the whole configuration into a Secret and name that in `existingConfigSecret`." -}}
{{- end -}}
{{- end -}}
{{- if hasKey (get .Values.config "actions" | default dict) "bearer_token" -}}
{{- fail "`config.actions` has a `bearer_token`, which everybody who reads ConfigMaps would see: put it into a Secret, name that in `existingSecret`, and write `bearer_token_file: /run/secrets/koreai-exporter/KEY`." -}}
{{- end -}}
{{- if hasKey (get .Values.web.config "tls_server_config" | default dict) "key" -}}
{{- fail "`web.config.tls_server_config` has a private `key`, which everybody who reads ConfigMaps would see: put it into a Secret and name that in `web.tlsSecret`." -}}
{{- end -}}
{{- end }}
