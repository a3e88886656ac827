export default {
  NETWORK: '连不上服务器，请检查网络后重试',
  OFFLINE: '当前没有网络，连上后再试',
  INTERNAL: '系统出了点问题，请稍后再试；一直这样请告诉管理员',
}
