import 'element-plus/es/components/message-box/style/css'
import 'element-plus/es/components/message/style/css'

export { ElMessageBox } from 'element-plus/es/components/message-box/index'
export { ElMessage } from 'element-plus/es/components/message/index'
