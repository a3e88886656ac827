export default {
  title: '我的待办',
  greeting: '{name}，您好',
}
