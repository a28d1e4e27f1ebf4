/**
 * The cluster's default storage class. kwok's stages for volumes look for its name, make a volume for each claim of it, and bind the two.
 */
export function storageClassObject (): object {
  return {
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    metadata: { name: 'kwok-volume', annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' } },
    provisioner: 'kwok.x-k8s.io/volume'
  }
}
