export default {
  signIn: '登录',
  signingIn: '正在登录…',
  signOut: '退出登录',
  username: '用户名',
  password: '密码',
  show: '显示',
  hide: '隐藏',
  bothNeeded: '请输入用户名和密码',
  forgot: '忘记密码请联系镇安办或系统管理员重置',
  ended: '登录已失效，请重新登录。登录后回到刚才的页面。',
  sessions: '登录设备',
  changePassword: '修改密码',
}
