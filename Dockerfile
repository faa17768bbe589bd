# One image for the API, the worker and the migrations: they are the same sources.
FROM node:24-bookworm-slim AS base
ENV CI=true
WORKDIR /app
COPY package.json pnpm-lock.yaml pnpm-workspace.yaml tsconfig.base.json tsconfig.json ./
COPY apps/api/package.json apps/api/
COPY apps/portal/package.json apps/portal/
COPY apps/payment/package.json apps/payment/
COPY apps/backoffice/package.json apps/backoffice/
COPY apps/sandbox/package.json apps/sandbox/
COPY packages/schemas/package.json packages/schemas/
COPY packages/api-client/package.json packages/api-client/
COPY packages/ui/package.json packages/ui/
COPY packages/shell/package.json packages/shell/
COPY packages/i18n/package.json packages/i18n/
COPY packages/config/package.json packages/config/
COPY e2e/package.json e2e/
COPY bench/package.json bench/

FROM base AS site
COPY tools tools
RUN node tools/setup.mjs
COPY packages packages
COPY apps apps
RUN node tools/build.ts

# Without what only development needs: no sandbox, no embedded PostgreSQL, no browser.
FROM base AS production-dependencies
RUN npx --yes pnpm@12.21.0 install --frozen-lockfile --prod --no-optional --filter "@rnoce/api..."

FROM node:24-bookworm-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 SPA_DIR=/app/dist
# Garbage is collected early and freed memory given back: a flood of uploads stays below 400 MB (docs/security.md).
ENV NODE_OPTIONS="--max-semi-space-size=8 --max-old-space-size=512" MALLOC_ARENA_MAX=2
WORKDIR /app
COPY --from=production-dependencies /app ./
COPY packages/schemas packages/schemas
COPY packages/i18n packages/i18n
COPY packages/ui/src/palette.css packages/ui/src/palette.css
COPY apps/api apps/api
COPY --from=site /app/dist dist
USER node
EXPOSE 3000
CMD ["node", "apps/api/src/server.ts"]
