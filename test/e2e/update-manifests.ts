/** A release's objects, and what they are to become: something of every way in which fields and lists are patched. */
export const first = `
apiVersion: v1
kind: ServiceAccount
metadata: {name: web}
imagePullSecrets: [{name: one}, {name: two}]
---
apiVersion: v1
kind: Secret
metadata: {name: web, labels: {a: "1", b: "2"}}
stringData: {password: pass, gone: x}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: web, finalizers: [example.com/b, example.com/a]}
data: {old: "1", same: "1", changed: "1"}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: dropped}
data: {a: b}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: kept, annotations: {helm.sh/resource-policy: keep}}
data: {a: b}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: web}
rules: [{apiGroups: [""], resources: [pods], verbs: [get, list]}]
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec:
  selector: {app: web, tier: front}
  ports:
  - {name: http, port: 80, targetPort: http}
  - {name: dns, port: 53, protocol: UDP}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, labels: {app: web}}
spec:
  replicas: 2
  selector: {matchLabels: {app: web}}
  strategy: {type: RollingUpdate, rollingUpdate: {maxSurge: 1, maxUnavailable: 0}}
  template:
    metadata: {labels: {app: web}}
    spec:
      serviceAccountName: web
      imagePullSecrets: [{name: one}]
      initContainers: [{name: init, image: init}]
      containers:
      - name: web
        image: web:1
        args: [a, b]
        env: [{name: A, value: a}, {name: B, value: b}, {name: C, value: c}]
        ports: [{name: http, containerPort: 80}, {name: dns, containerPort: 53, protocol: UDP}]
        volumeMounts: [{name: data, mountPath: /data}, {name: config, mountPath: /config}]
      - {name: side, image: side}
      volumes: [{name: data, emptyDir: {}}, {name: config, configMap: {name: web}}]
      tolerations: [{key: a, operator: Exists}]
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: web}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: StatefulSet, name: db}
  maxReplicas: 2
  metrics: [{type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: 80}}}]
---
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: db}
spec:
  serviceName: db
  selector: {matchLabels: {app: db}}
  template:
    metadata: {labels: {app: db}}
    spec: {containers: [{name: db, image: "db:1"}]}
---
apiVersion: batch/v1
kind: CronJob
metadata: {name: web}
spec:
  schedule: 0 3 1 1 *
  jobTemplate: {spec: {template: {spec: {restartPolicy: Never, containers: [{name: job, image: "job:1", env: [{name: A, value: a}]}]}}}}
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: web}
spec:
  rules: [{host: a.example.com, http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}]}}]
  tls: [{hosts: [a.example.com], secretName: tls}]
---
apiVersion: example.com/v1
kind: Ship
metadata: {name: mary}
spec: {crew: 1, length: 1, old: true, sails: [a]}
`

/** What the objects of `first` are to become. */
export const second = `
apiVersion: v1
kind: ServiceAccount
metadata: {name: web}
imagePullSecrets: [{name: three}, {name: two}]
---
apiVersion: v1
kind: Secret
metadata: {name: web, labels: {b: "3", c: "4"}}
stringData: {password: word}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: web}
data: {same: "1", changed: "2", new: "1"}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: added}
data: {a: b}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: web}
rules: [{apiGroups: [""], resources: [pods, services], verbs: [get]}]
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec:
  selector: {app: web}
  ports:
  - {name: https, port: 443, targetPort: http}
  - {name: http, port: 80, targetPort: 8080}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, labels: {app: web, new: label}}
spec:
  replicas: 3
  selector: {matchLabels: {app: web}}
  strategy: {type: Recreate}
  template:
    metadata: {labels: {app: web}, annotations: {a: b}}
    spec:
      serviceAccountName: web
      imagePullSecrets: [{name: two}, {name: one}]
      containers:
      - name: web
        image: web:2
        args: [a]
        env: [{name: NEW, value: new}, {name: C, valueFrom: {fieldRef: {fieldPath: metadata.name}}}, {name: A, value: changed}]
        ports: [{name: http, containerPort: 8080}]
        volumeMounts: [{name: config, mountPath: /etc/config}]
      volumes: [{name: config, secret: {secretName: web}}, {name: data, emptyDir: {medium: Memory}}]
      tolerations: [{key: b, operator: Exists}]
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: web}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: StatefulSet, name: db}
  minReplicas: 2
  maxReplicas: 3
  metrics: [{type: Resource, resource: {name: memory, target: {type: Utilization, averageUtilization: 80}}}]
---
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: db}
spec:
  serviceName: db
  selector: {matchLabels: {app: db}}
  template:
    metadata: {labels: {app: db}}
    spec: {containers: [{name: db, image: "db:2"}, {name: extra, image: extra}]}
---
apiVersion: batch/v1
kind: CronJob
metadata: {name: web}
spec:
  schedule: 0 4 1 1 *
  jobTemplate: {spec: {template: {spec: {restartPolicy: Never, containers: [{name: job, image: "job:1", env: [{name: B, value: b}]}]}}}}
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: web}
spec:
  rules: [{host: b.example.com, http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 443}}}}]}}]
---
apiVersion: example.com/v1
kind: Ship
metadata: {name: mary}
spec: {crew: 2, length: 1, sails: [a, b]}
`

/** What somebody else did to the objects meanwhile: a strategic merge patch each, of built-in kinds; JSON merge patches of others. */
export const drift: ReadonlyArray<readonly [path: string, patch: object]> = [
  ['/api/v1/NS/configmaps/web', { data: { same: 'drifted', others: '1' }, metadata: { labels: { theirs: 'x' } } }],
  ['/api/v1/NS/services/web', { spec: { ports: [{ name: 'metrics', port: 9090, protocol: 'TCP' }] } }],
  ['/apis/apps/v1/NS/deployments/web', {
    metadata: { annotations: { theirs: 'x' } },
    spec: { template: { spec: { containers: [{ name: 'injected', image: 'i' }, { name: 'web', env: [{ name: 'THEIRS', value: 'x' }, { name: 'B', value: 'drifted' }] }] } } }
  }],
  ['/apis/example.com/v1/NS/ships/mary', { spec: { length: 99, theirs: true } }]
]
