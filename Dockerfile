# syntax=docker/dockerfile:1

FROM node:24-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY tsconfig.json tsconfig.build.json ./
COPY config ./config
COPY jobs ./jobs
COPY src ./src
RUN npm run build

FROM node:24-slim AS packages
WORKDIR /app
COPY package.json package-lock.json ./
# Without the optional packages: the embedded Postgres is not for containers, DATABASE_URL is.
RUN npm ci --omit=dev --omit=optional --ignore-scripts --no-audit --no-fund

FROM node:24-slim
ENV NODE_ENV=production \
    SCONTRINO_DATA_DIR=/var/lib/scontrino
RUN install -d -o node -g node /var/lib/scontrino /config
WORKDIR /app
COPY package.json LICENSE ./
COPY --from=packages /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist

# The configuration, mounted here, is found without --config, and paths in it are relative to it.
WORKDIR /config
USER node
EXPOSE 8080

# For the roles that include `http`; switch it off (--no-healthcheck) where only a worker runs.
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.SCONTRINO_HTTP_PORT || 8080}/healthz`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]

# Exec form: node itself is process 1 and receives SIGTERM, on which it stops gracefully within 10 seconds.
ENTRYPOINT ["node", "--enable-source-maps", "--max-semi-space-size=8", "/app/dist/src/bin/scontrino.js"]
CMD ["start"]
