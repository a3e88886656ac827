import urql from '@urql/vue'
import 'element-plus/theme-chalk/base.css'
import { createApp } from 'vue'
import App from './App.vue'
import { router } from './router'
import './shell/theme.css'
import './shell/base.css'
import { graph } from './shared/graph'
import { applyPreferences } from './shared/preferences'
import { words } from './shared/words'

applyPreferences()
createApp(App).use(words).use(urql, graph).use(router).mount('#app')
