import vue from '@vitejs/plugin-vue'
import Icons from 'unplugin-icons/vite'
import { ElementPlusResolver } from 'unplugin-vue-components/resolvers'
import Components from 'unplugin-vue-components/vite'
import { defineConfig } from 'vitest/config'
import { chunks } from './vite.chunks.ts'
import { compress } from './vite.compress.ts'
import { worker } from './vite.worker.ts'

const server = process.env.SERVER_URL ?? 'http://127.0.0.1:4000'

export default defineConfig({
  define: {
    // Only what is used of vue-i18n is shipped: no old API, no global components, no compiler of messages (see shared/words.ts).
    __VUE_I18N_FULL_INSTALL__: false,
    __VUE_I18N_LEGACY_API__: false,
    __INTLIFY_PROD_DEVTOOLS__: false,
    __INTLIFY_DROP_MESSAGE_COMPILER__: true,
    __VUE_OPTIONS_API__: true,
    __VUE_PROD_DEVTOOLS__: false,
  },
  plugins: [
    vue(),
    // Element Plus is taken apart: only what a template names is shipped, with its own style.
    Components({ dts: 'src/gql/components.d.ts', dirs: [], resolvers: [ElementPlusResolver({ importStyle: 'css' })] }),
    Icons({ compiler: 'vue3', scale: 1.15 }),
    worker(),
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
          groups: chunks,
        },
      },
    },
  },
  server: {
    port: 5173,
    proxy: {
      '/graphql': { target: server, ws: true },
      '/files': server,
      '/readyz': server,
      '/oidc': server,
      '/q': server,
      '^/letters/(.*[.](pdf|docx)|batches/.*)$': server,
      '^/summaries/.*[.](pdf|docx|xlsx)$': server,
      '^/(assessments|extensions)/.*[.](pdf|docx)$': server,
      '^/(campaigns/tasks|nominations)/.*[.](xlsx|pdf|docx)$': server,
    },
  },
  test: { include: ['src/**/*.test.ts'], exclude: ['src/e2e/**'], environment: 'node' },
})
