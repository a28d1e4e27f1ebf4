/** What stands for the chart's name in the texts of a scaffold; Helm's starters use the same mark. */
export const chartNameMark = '<CHARTNAME>'

/** The new chart's Chart.yaml. The name is set apart: it may need quotes there. */
export function chartYaml (quotedName: string): string {
  return `# What this chart is. https://helm.sh/docs/topics/charts/#the-chartyaml-file has all the fields.
apiVersion: v2
name: ${quotedName}
description: Runs ${chartNameMark} on Kubernetes

# "application" for a chart that can be installed, "library" for one that only lends its definitions to others.
type: application

# The chart's own version, by the rules of https://semver.org. Raise it whenever a file of the chart changes.
version: 0.1.0

# The version of what the chart installs; the image's tag unless the values name another. In quotes, so that it stays a text.
appVersion: "1.28"
`
}

/** The new chart's values.yaml: every key that its templates read. */
export const valuesYaml = `# Defaults of ${chartNameMark}. Whoever installs the chart can set each of them, with --set or in a file given with --values.

# How many pods run at once, unless autoscaling decides.
replicaCount: 1

# What runs in them.
image:
  repository: nginx
  # Always, IfNotPresent or Never.
  pullPolicy: IfNotPresent
  # The appVersion of Chart.yaml when empty.
  tag: ""

# Secrets for registries that ask who is pulling, such as
#   - name: registry-login
imagePullSecrets: []

# Takes the chart's place in the names of objects.
nameOverride: ""
# Takes the place of these names as a whole.
fullnameOverride: ""

# Who the pods are, to the Kubernetes API.
serviceAccount:
  # Without an account of its own, the one named below is used, or "default".
  create: true
  # Whether pods get the account's token.
  automount: true
  annotations: {}
  # Named like the other objects when empty.
  name: ""

# Added to each pod.
podAnnotations: {}
podLabels: {}

# For all containers of a pod, such as fsGroup: 2000.
podSecurityContext: {}

# For the container itself. A program that needs no privileges runs well with
#   allowPrivilegeEscalation: false
#   capabilities: {drop: [ALL]}
#   readOnlyRootFilesystem: true
#   runAsNonRoot: true
securityContext: {}

# How the pods are reached inside the cluster, and by which port.
service:
  # ClusterIP, NodePort or LoadBalancer.
  type: ClusterIP
  port: 80

# How they are reached from outside, by an ingress controller.
ingress:
  enabled: false
  # The controller's class; the cluster's default when empty.
  className: ""
  annotations: {}
  hosts:
    - host: ${chartNameMark}.example.com
      paths:
        - path: /
          pathType: Prefix
  # One entry for each certificate, such as
  #   - secretName: example-tls
  #     hosts: [${chartNameMark}.example.com]
  tls: []

# The same by a Gateway, where the cluster has the Gateway API and a controller for it.
httpRoute:
  enabled: false
  annotations: {}
  # The gateways that the route belongs to, and which of their listeners.
  parentRefs:
    - name: gateway
      sectionName: http
  hostnames:
    - ${chartNameMark}.example.com
  # What is let through. A rule can have filters beside its matches.
  rules:
    - matches:
        - path:
            type: PathPrefix
            value: /

# What a container is given (requests) and may take (limits) of processor and memory. Nothing fits everywhere; a start is
#   requests: {cpu: 100m, memory: 128Mi}
#   limits: {memory: 128Mi}
resources: {}

# Asked again and again: a pod that fails is restarted (liveness), or gets no traffic (readiness).
livenessProbe:
  httpGet:
    path: /
    port: http
readinessProbe:
  httpGet:
    path: /
    port: http

# More pods under load, fewer without: takes the place of replicaCount.
autoscaling:
  enabled: false
  minReplicas: 1
  maxReplicas: 100
  # The share of the requested resources to aim for; memory can be told the same way, by targetMemoryUtilizationPercentage.
  targetCPUUtilizationPercentage: 80

# Further volumes of the pod, and where the container sees them, such as
#   volumes: [{name: settings, configMap: {name: settings}}]
#   volumeMounts: [{name: settings, mountPath: /etc/settings, readOnly: true}]
volumes: []
volumeMounts: []

# Which nodes the pods may run on.
nodeSelector: {}
tolerations: []
affinity: {}
`

/** The new chart's .helmignore. */
export const helmIgnore = `# Files that are no part of the chart: one pattern a line, a folder's ends in a slash.

# Version control
.git/
.gitignore
.hg/
.svn/

# Editors and systems
.idea/
.vscode/
.project
*.swp
.DS_Store

# Left over
*.orig
*.bak
*.tmp
*~
`
