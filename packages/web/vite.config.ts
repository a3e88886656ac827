import vue from '@vitejs/plugin-vue'
import Icons from 'unplugin-icons/vite'
import { ElementPlusResolver } from 'unplugin-vue-components/resolvers'
import Components from 'unplugin-vue-components/vite'
import { defineConfig } from 'vitest/config'
import { compress } from './vite.compress.ts'

const server = process.env.SERVER_URL ?? 'http://127.0.0.1:4000'

export default defineConfig({
  plugins: [
    vue(),
    // Element Plus is taken apart: only what a template names is shipped, with its own style.
    Components({ dts: 'src/gql/components.d.ts', dirs: [], resolvers: [ElementPlusResolver({ importStyle: 'css' })] }),
    Icons({ compiler: 'vue3', scale: 1.15 }),
    compress(),
  ],
  build: {
    target: 'chrome109',
    cssTarget: 'chrome109',
    // No inline fallbacks: the pages run under `script-src 'self'`.
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: 'words-zh', test: /src\/i18n\/zh\/(?!shell|person|shared|refusal)/, priority: 30 },
            { name: 'words-en', test: /src\/i18n\/en\//, priority: 30 },
            // What every page needs in one file: the sign-in page opens after few requests.
            {
              name: 'base',
              test: /node_modules\/(@vue|vue|vue-router|vue-i18n|@intlify|@urql\/(core|vue)|wonka|@0no-co|graphql|element-plus\/es\/components\/config-provider)\//,
              priority: 20,
            },
            {
              name: 'frame',
              test: /src\/(shared\/(screen|preferences|words|refusal|graph|signedOut|session|tabs)\.ts|gql\/person|i18n\/zh|shared\/ProductMark)/,
              priority: 10,
            },
          ],
        },
      },
    },
  },
  server: {
    port: 5173,
    proxy: { '/graphql': { target: server, ws: true }, '/files': server, '/readyz': server, '/q': server },
  },
  test: { include: ['src/**/*.test.ts'], exclude: ['src/e2e/**'], environment: 'node' },
})
