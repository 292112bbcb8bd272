# Millrace against a PostgreSQL server. Debian, because Node's and npm's programs expect glibc.
#   docker build -t millrace .
#   docker run -e DATABASE_URL=postgresql://… -e MILLRACE_PUBLIC_URL=https://leads.acme.com -p 127.0.0.1:4300:4300 millrace
# Without a proxy that ends TLS, on this machine alone: -e MILLRACE_PLAIN_HTTP=true in place of the public address.
# compose.yaml runs it together with a database.

FROM node:24-slim AS build
WORKDIR /build
COPY . .
# The packages as npm would publish them. Install scripts are for development: a second Node, the embedded database.
RUN npm ci --ignore-scripts --loglevel=error \
 && npm ci --prefix tools --ignore-scripts --loglevel=error \
 && node tools/pack.ts /packed

FROM node:24-slim
ENV NODE_ENV=production
WORKDIR /app
# Optional packages are the embedded database's programs: here DATABASE_URL is used. Owned by root, run by `node`: the
# engine cannot change its own code.
RUN --mount=type=bind,from=build,source=/packed,target=/packed \
    echo '{ "private": true, "type": "module" }' > package.json \
 && npm install --omit=optional --ignore-scripts --no-audit --no-fund --loglevel=error /packed/*.tgz \
 && npm cache clean --force

# Where the engine keeps what is not in the database.
RUN install -d -o node -g node -m 0700 /app/.millrace
VOLUME /app/.millrace

USER node
EXPOSE 4300
# The engine drains on SIGTERM, and needs no init in front of it.
STOPSIGNAL SIGTERM

HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=3 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + (process.env.PORT || 4300) + '/readyz').then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]

# The heap as in packages/millrace/bin/heap-options.mjs.
CMD ["node", "--max-semi-space-size=16", "--initial-old-space-size=80", "--heap-growing-percent=30", "node_modules/millrace/dist/cli/main.js", "start", "--host", "0.0.0.0"]
