/**
 * What a newcomer types next, with the server's real address.
 *
 * @param url such as `http://127.0.0.1:8080`
 */
export function announcement (url: string): string {
  return `
Portolan serves your charts at ${url}

  Upload a chart      curl --data-binary @mychart-0.1.0.tgz ${url}/api/charts
  Add the repository  helm repo add mine ${url}
  Install from it     helm install my-release mine/mychart
                      (or portolan in place of helm: node dist/program/main.cjs)
  See what is there   open ${url} in a browser

Stop with Ctrl-C; what was uploaded stays.

`
}
