# Portolan's image: `docker build -t portolan .`, then `docker run -p 8080:8080 -v portolan-data:/data portolan`.

FROM node:24.18.1-bookworm-slim AS build
# For better-sqlite3, where no binary of it is ready for the platform.
RUN apt-get update && apt-get install --yes --no-install-recommends python3 make g++ && rm -rf /var/lib/apt/lists/*
WORKDIR /build
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY tsconfig.json vite.config.js ./
COPY storage ./storage
COPY src ./src
RUN npm run build
RUN npm prune --omit=dev

FROM node:24.18.1-bookworm-slim
LABEL org.opencontainers.image.title="Portolan" \
      org.opencontainers.image.description="A private Helm chart repository" \
      org.opencontainers.image.licenses="Apache-2.0"
ENV NODE_ENV=production \
    STORAGE_LOCAL_ROOTDIR=/data/charts \
    DATABASE=sqlite:/data/portolan.db
WORKDIR /app
COPY package.json LICENSE ./
COPY migrations ./migrations
COPY --from=build /build/node_modules ./node_modules
COPY --from=build /build/dist ./dist
RUN mkdir /data && chown 1000:1000 /data
# By number, so that Kubernetes can see that it is not root.
USER 1000:1000
VOLUME /data
EXPOSE 8080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s --retries=3 \
  CMD ["node", "--eval", "fetch(`http://127.0.0.1:${process.env.PORT || 8080}${['', ...(process.env.CONTEXT_PATH || '').split('/').filter(Boolean), 'health'].join('/')}`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "dist/program/main.cjs"]
CMD ["serve"]
