# One image for all four services; SERVICE or the command says which one a container runs.
FROM node:24-bookworm-slim AS build
WORKDIR /app
# No install scripts: they fetch a Node.js and a PostgreSQL of their own, for `npm start` without containers.
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts
COPY tsconfig.json tsconfig.build.json nest-cli.json ./
COPY libs libs
COPY apps apps
COPY tools tools
RUN node node_modules/@nestjs/cli/bin/nest.js build all \
 && npm prune --omit=dev --omit=optional --ignore-scripts

FROM node:24-bookworm-slim
# A named volume takes over the owner of the folder that it is mounted on.
RUN install -d -o node -g node -m 0700 /keys/gateway /keys/transport
WORKDIR /app
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules node_modules
COPY --from=build /app/dist dist
COPY seeds seeds
COPY docker/health.cjs docker/make-keys.cjs docker/
ARG SERVICE=gateway
ENV NODE_ENV=production SERVICE=$SERVICE HOST=0.0.0.0 PORT=3000
USER node
EXPOSE 3000
HEALTHCHECK --interval=5s --timeout=5s --start-period=60s CMD ["node", "docker/health.cjs"]
CMD ["sh", "-c", "exec node dist/apps/$SERVICE/src/main.js serve"]
