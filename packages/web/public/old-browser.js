/* Only browsers without modules run this file: Internet Explorer and the 兼容模式 of 360, QQ and Sogou browsers. */
document.title = '请切换浏览器模式'
document.body
  ? show()
  : document.addEventListener('DOMContentLoaded', show)
function show() {
  document.body.innerHTML =
    '<div style="max-width:640px;margin:80px auto;font:16px/2 sans-serif"><h1>当前浏览器模式打不开本系统</h1>' +
    '<p>如果用的是 360、QQ、搜狗等浏览器，请点地址栏右侧的图标，把“兼容模式”切换为“极速模式”。</p>' +
    '<p>如果用的是 Internet Explorer，请换用 360 安全浏览器、奇安信可信浏览器、Edge 或 Chrome。</p></div>'
}
