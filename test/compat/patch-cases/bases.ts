/** Manifests of the kinds that charts hold most, with as many of the fields that are patched in a way of their own as fit. */
export const bases = `
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  labels: {app: web, tier: front}
  annotations: {example.com/team: Team A}
spec:
  replicas: 3
  selector: {matchLabels: {app: web}}
  strategy: {type: RollingUpdate, rollingUpdate: {maxSurge: 1, maxUnavailable: 25%}}
  template:
    metadata: {labels: {app: web}, annotations: {checksum/config: abc}}
    spec:
      serviceAccountName: web
      imagePullSecrets: [{name: one}, {name: two}]
      securityContext: {runAsNonRoot: true, fsGroup: 1000, supplementalGroups: [1, 2]}
      initContainers:
      - {name: init, image: busybox, command: [sh, -c, "true"], env: [{name: A, value: "1"}]}
      containers:
      - name: web
        image: nginx:1.25
        args: [--verbose, --port=80]
        env:
        - {name: MODE, value: production}
        - {name: PASSWORD, valueFrom: {secretKeyRef: {name: s, key: password}}}
        - {name: ZONE, value: north}
        envFrom: [{configMapRef: {name: env}}]
        ports:
        - {name: http, containerPort: 80}
        - {name: dns, containerPort: 53, protocol: UDP}
        - {name: dns-tcp, containerPort: 53, protocol: TCP}
        resources: {limits: {cpu: 100m, memory: 1Gi}, requests: {cpu: 50m}}
        livenessProbe: {httpGet: {path: /, port: http}, periodSeconds: 10}
        volumeMounts:
        - {name: data, mountPath: /data}
        - {name: config, mountPath: /etc/config, readOnly: true}
      - name: side
        image: side:1
        env: [{name: MODE, value: side}]
      volumes:
      - {name: data, emptyDir: {}}
      - {name: config, configMap: {name: web, items: [{key: a, path: a}]}}
      - {name: secret, secret: {secretName: web}}
      tolerations: [{key: node, operator: Exists, effect: NoSchedule}]
      nodeSelector: {disk: ssd}
      hostAliases: [{ip: 10.0.0.1, hostnames: [a, b]}]
      topologySpreadConstraints:
      - {topologyKey: zone, maxSkew: 1, whenUnsatisfiable: ScheduleAnyway, labelSelector: {matchLabels: {app: web}}}
      affinity: {podAntiAffinity: {preferredDuringSchedulingIgnoredDuringExecution: [{weight: 1, podAffinityTerm: {topologyKey: zone}}]}}
---
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: db, labels: {app: db}, finalizers: [example.com/b, example.com/a]}
spec:
  serviceName: db
  replicas: 1
  selector: {matchLabels: {app: db}}
  updateStrategy: {type: RollingUpdate, rollingUpdate: {partition: 0}}
  template:
    metadata: {labels: {app: db}}
    spec:
      containers:
      - name: db
        image: postgres:16
        ports: [{containerPort: 5432}]
        volumeMounts: [{name: data, mountPath: /var/lib}, {name: run, mountPath: /run}]
        volumeDevices: [{name: raw, devicePath: /dev/x}]
      volumes: [{name: run, emptyDir: {medium: Memory}}]
  volumeClaimTemplates:
  - metadata: {name: data}
    spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}
---
apiVersion: apps/v1
kind: DaemonSet
metadata: {name: agent}
spec:
  selector: {matchLabels: {app: agent}}
  template:
    metadata: {labels: {app: agent}}
    spec:
      hostNetwork: true
      containers: [{name: agent, image: "agent:1", securityContext: {capabilities: {add: [NET_ADMIN], drop: [ALL]}}}]
      tolerations: [{operator: Exists}]
      volumes: [{name: host, hostPath: {path: /var/log}}]
---
apiVersion: batch/v1
kind: CronJob
metadata: {name: night}
spec:
  schedule: 0 3 * * *
  suspend: false
  jobTemplate:
    spec:
      backoffLimit: 2
      template:
        spec:
          restartPolicy: Never
          containers: [{name: job, image: "job:1", env: [{name: A, value: a}, {name: B, value: b}]}]
---
apiVersion: batch/v1
kind: Job
metadata: {name: once}
spec:
  template:
    spec: {restartPolicy: Never, containers: [{name: job, image: "job:1", args: [a]}], imagePullSecrets: [{name: one}]}
---
apiVersion: v1
kind: Pod
metadata: {name: pod, labels: {app: pod}}
spec:
  containers:
  - {name: a, image: "a:1", ports: [{containerPort: 8080}, {containerPort: 9090}]}
  - {name: b, image: "b:1"}
  volumes: [{name: v, persistentVolumeClaim: {claimName: c}}, {name: w, projected: {sources: [{secret: {name: s}}]}}]
  resourceClaims: [{name: gpu, resourceClaimName: gpu}]
  schedulingGates: [{name: example.com/gate}]
---
apiVersion: v1
kind: Service
metadata: {name: web, annotations: {a: "1"}}
spec:
  type: ClusterIP
  selector: {app: web, tier: front}
  ports:
  - {name: http, port: 80, targetPort: http}
  - {name: https, port: 443, targetPort: 8443, protocol: TCP}
  - {name: dns, port: 53, protocol: UDP}
  - {name: dns-tcp, port: 53, protocol: TCP}
  externalIPs: [10.0.0.1, 10.0.0.2]
  loadBalancerSourceRanges: [10.0.0.0/8]
---
apiVersion: v1
kind: ConfigMap
metadata: {name: config, labels: {app: web}}
immutable: false
data: {a: one, b: "two\\nlines", c: <&>}
binaryData: {d: AAEC}
---
apiVersion: v1
kind: Secret
metadata: {name: secret}
type: Opaque
data: {password: cGFzcw==, user: bWU=}
stringData: {extra: text}
---
apiVersion: v1
kind: ServiceAccount
metadata: {name: web}
secrets: [{name: token-1}, {name: token-2}]
imagePullSecrets: [{name: one}, {name: two}]
automountServiceAccountToken: true
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: web, annotations: {kubernetes.io/ingress.class: nginx}}
spec:
  ingressClassName: nginx
  tls: [{hosts: [web.example.com], secretName: tls}]
  rules:
  - host: web.example.com
    http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}]}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: web}
spec:
  podSelector: {matchLabels: {app: web}, matchExpressions: [{key: a, operator: In, values: [b, c]}]}
  policyTypes: [Ingress, Egress]
  ingress: [{from: [{podSelector: {}}], ports: [{port: 80}]}]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: reader}
rules:
- {apiGroups: [""], resources: [pods, services], verbs: [get, list, watch]}
- {apiGroups: [apps], resources: [deployments], verbs: [get], resourceNames: [web]}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: all}
aggregationRule: {clusterRoleSelectors: [{matchLabels: {a: b}}]}
rules: []
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: readers}
subjects: [{kind: ServiceAccount, name: web, namespace: default}, {kind: Group, name: readers, apiGroup: rbac.authorization.k8s.io}]
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: web}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
  minReplicas: 1
  maxReplicas: 10
  metrics:
  - {type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: 80}}}
  - {type: Resource, resource: {name: memory, target: {type: Utilization, averageUtilization: 70}}}
  behavior: {scaleDown: {stabilizationWindowSeconds: 300, policies: [{type: Pods, value: 1, periodSeconds: 60}]}}
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: web}
spec: {minAvailable: 1, selector: {matchLabels: {app: web}}}
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: data, annotations: {helm.sh/resource-policy: keep}, ownerReferences: [{apiVersion: v1, kind: Pod, name: p, uid: "1"}]}
spec: {accessModes: [ReadWriteOnce], storageClassName: fast, resources: {requests: {storage: 1Gi}}}
---
apiVersion: v1
kind: Namespace
metadata: {name: space}
spec: {finalizers: [kubernetes]}
---
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: ships.example.com}
spec:
  group: example.com
  scope: Namespaced
  names: {plural: ships, singular: ship, kind: Ship, shortNames: [sh]}
  versions:
  - name: v1
    served: true
    storage: true
    schema: {openAPIV3Schema: {type: object, properties: {spec: {type: object, properties: {crew: {type: integer}}}}}}
---
apiVersion: example.com/v1
kind: Ship
metadata: {name: mary, labels: {app: ships}}
spec:
  crew: 12
  length: 31.5
  sails: [main, fore]
  holds: [{name: front, size: 1}, {name: rear, size: 2, goods: null}]
  empty: {}
  nested: {a: {b: {c: 1}}}
`
