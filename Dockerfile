# One image for everything that is ours: the worker by default, the fake Sinch and the CLI by another command.
# Debian, not Alpine: the Temporal SDK's native part needs glibc.
FROM node:24.21.0-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
COPY packages packages
RUN npm ci --no-audit --no-fund
COPY tsconfig.json tsconfig.build.json ./
COPY scripts scripts
COPY src src
COPY fake-sinch fake-sinch
COPY local local
COPY demo demo
RUN npm run build && npm prune --omit=dev

FROM node:24.21.0-bookworm-slim
# With glibc's own number of arenas a busy worker takes more memory, and is no faster: see docs/scaling.md.
ENV NODE_ENV=production MALLOC_ARENA_MAX=2
WORKDIR /app
# A named volume mounted here takes over this owner.
RUN install -d -o node -g node /var/lib/number-orders/store
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules node_modules
# node_modules links to it.
COPY --from=build /app/packages/contract packages/contract
COPY --from=build /app/dist dist
# What the board and the runbook tell operators to type.
RUN chmod +x dist/src/cli/main.js && ln -s /app/dist/src/cli/main.js /usr/local/bin/number-orders
USER node
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=3 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:8080/health').then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "dist/src/worker.js"]
